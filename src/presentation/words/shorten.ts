/** Text of at most `room` characters: cut between words, with an ellipsis, when it is longer. */
export function shorten(text: string, room: number): string {
  if (text.length <= room) return text;
  const cut = text.slice(0, room - 1);
  const end = cut.lastIndexOf(' ');
  return `${end > room / 2 ? cut.slice(0, end) : cut}…`;
}
