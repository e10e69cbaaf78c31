import type { Locator } from 'playwright-core';

/**
 * VS Code drops keys and clicks without a word: while a dialog is busy, a menu has just opened, a list is filled, a language
 * server is not ready. Whoever waits for what they lead to waits in vain: they are given again.
 */

/** How long what an attempt leads to is waited for before the next one. Milliseconds; a click on what is gone does no harm. */
const CLICKS_MS = [1_000, 2_000, 4_000, 8_000, 8_000, 8_000];
/** A key that is pressed again may do what it does twice. */
const KEYS_MS = [6_000, 8_000, 8_000, 8_000, 8_000];

/** Does something until an element is seen. @param between done before the next attempt @throws when it is never seen */
export async function untilSeen(
  element: Locator,
  attempt: () => Promise<unknown>,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  for (const timeout of KEYS_MS) {
    await attempt();
    if (await comes(element, 'visible', timeout)) return;
    await between();
  }
  await attempt();
  await element.waitFor();
}

/** Clicks an element, which is seen, until it is gone, as buttons and entries of menus are. @throws when it stays */
export async function clickAway(element: Locator): Promise<void> {
  await attemptsUntilGone(element, (timeout) => element.click({ timeout }), CLICKS_MS);
}

/** Does something until an element, which is seen, is gone. @throws when it stays */
export async function untilGone(element: Locator, attempt: () => Promise<unknown>): Promise<void> {
  await attemptsUntilGone(element, attempt, KEYS_MS);
}

async function attemptsUntilGone(
  element: Locator,
  attempt: (timeout: number) => Promise<unknown>,
  waits: readonly number[],
): Promise<void> {
  for (const timeout of waits) {
    // It may go by the attempt before while this one is made.
    await attempt(timeout).catch(() => undefined);
    if (await comes(element, 'hidden', timeout)) return;
  }
  await element.waitFor({ state: 'hidden' });
}

async function comes(element: Locator, state: 'visible' | 'hidden', timeout: number): Promise<boolean> {
  return element.waitFor({ state, timeout }).then(
    () => true,
    () => false,
  );
}
