/** `0.4 s`, `95.3 s`, `2 min 05 s`. @param milliseconds how long */
export function secondsText(milliseconds: number): string {
  if (milliseconds < 100_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** Local wall-clock time, `14:03:07`. @param at milliseconds since the epoch */
export function clockText(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
}
