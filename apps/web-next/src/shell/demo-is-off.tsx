/** What a page shows in place of its demo people where demo sign-in is off. */
export function DemoIsOff() {
  return (
    <p>
      Demo sign-in is switched off here. Start the server with <code>DEMO_SIGN_IN=1</code> to switch it on.
    </p>
  );
}
