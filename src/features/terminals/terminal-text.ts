/** Lines of our own in a terminal, set off from the program's output. Terminals need CR LF. */

/** A line that says what went wrong, in red, after whatever the program wrote. */
export function problem(text: string): string {
  return `\r\n\u001b[31m${oneLine(text)}\u001b[0m\r\n`;
}

/** A line that says what the user can do, dimmed. */
export function hint(text: string): string {
  return `\u001b[2m${oneLine(text)}\u001b[0m\r\n`;
}

/** No control characters of an error message may reach the terminal. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}
