import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import "./globals.css";

export const metadata: Metadata = {
  title: "Fourgate demo",
  description: "Typed, authorised realtime: one message, four gates.",
};

export const viewport: Viewport = { colorScheme: "light dark" };

/** The frame of every page. */
export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <a className="button skip" href="#main">
          Skip to the content
        </a>
        {children}
      </body>
    </html>
  );
}
