import type { Metadata } from "next";
import { pathOf } from "../../base-path";
import { DEMO_PEOPLE } from "../../server/demo-people";
import { theApp } from "../../server/the-app";
import { PageHeader } from "../../shell/page-header";
import { PageMain } from "../../shell/page-main";
import { currentViewer } from "../current-viewer";
import { PersonButton } from "./person-button";
import styles from "./sign-in.module.css";

export const metadata: Metadata = { title: "Sign in · Fourgate demo" };

const DEEDS: Readonly<Record<string, string>> = {
  mia: "Has an inbox of her own and may write to others.",
  sam: "The same, and reads the staff log too.",
};

/** Three demo people and no password; switched off in production unless DEMO_SIGN_IN=1. */
export default async function SignInPage() {
  const viewer = await currentViewer();
  const { demoSignIn } = theApp().environment;
  return (
    <>
      <PageHeader viewer={viewer} />
      <PageMain>
        <div className={styles.page}>
          <h1>Who do you want to be?</h1>
          {demoSignIn ? (
            <>
              <p className={styles.demo}>
                <strong>This is a demo.</strong> These people do not exist, and nobody asks for a password: whoever
                reaches this page can be any of them.
              </p>
              <form method="post" action={pathOf("/api/sign-in")} className={styles.people}>
                {DEMO_PEOPLE.map(({ userId, name, roles }) => (
                  <PersonButton
                    key={userId}
                    userId={userId}
                    name={name}
                    role={roles.join(", ")}
                    deed={DEEDS[userId] ?? ""}
                  />
                ))}
                <PersonButton
                  name="Nobody"
                  role="anonymous"
                  deed="Receives the pulse, may ping, and is refused the rest."
                />
              </form>
            </>
          ) : (
            <p className={styles.demo}>
              Demo sign-in is switched off here. Start the server with <code>DEMO_SIGN_IN=1</code> to switch it on.
            </p>
          )}
        </div>
      </PageMain>
    </>
  );
}
