import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Session } from './session';

/** How often the mouse comes to a word before nothing to be said about it is a failure, and how long it waits each time. */
const HOVERS = 4;
const HOVER_LIMIT_MS = 5_000;

/** The text editor of a session, used as a person uses it; what it did is read from the saved file. */
export class Editor {
  constructor(private readonly session: Session) {}

  private get page(): Page {
    return this.session.workbench.page;
  }

  /** Opens a file of the workspace by its path. */
  async open(path: string): Promise<void> {
    const folders = path.split('/');
    const name = folders.pop() ?? path;
    const folder = folders.join('/');
    await this.page.keyboard.press('ControlOrMeta+P');
    await this.page.locator('.quick-input-widget .quick-input-box input').fill(path);
    // Files of one name lie in several folders: the first of the list must be the one that is meant.
    const first = this.page.locator('.quick-input-list .monaco-list-row[data-index="0"]', { hasText: name });
    await first.filter({ hasText: folder }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
    await this.page.locator('.breadcrumbs-control', { hasText: folders.at(-1) ?? name }).waitFor();
    await this.focus();
  }

  async focus(): Promise<void> {
    await this.page.locator('.editor-instance .view-lines').first().click();
  }

  /** Puts the cursor before a text that stands once in the file as it was saved last. */
  async goTo(path: string, text: string): Promise<void> {
    const content = this.saved(path);
    const offset = content.indexOf(text);
    expect(offset, `"${text}" in ${path}`).toBeGreaterThanOrEqual(0);
    const before = content.slice(0, offset).split('\n');
    await this.page.keyboard.press('Control+G');
    const input = this.page.locator('.quick-input-widget .quick-input-box input');
    await input.fill(`:${before.length}:${(before.at(-1) ?? '').length + 1}`);
    await this.page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+S');
  }

  saved(path: string): string {
    return readFileSync(join(this.session.folder, path), 'utf8');
  }

  /** Saves and waits until the file holds a text. An edit that comes only after the keys are pressed is saved by the next. */
  async expectSaved(path: string, text: string): Promise<void> {
    const savedAgain = async (): Promise<string> => {
      if (!this.saved(path).includes(text)) await this.save();
      return this.saved(path);
    };
    await expect.poll(savedAgain, { timeout: 30_000, interval: 500 }).toContain(text);
  }

  /** The lines of the editor in which a text is seen. */
  line(text: string): Locator {
    return this.page.locator('.editor-instance .view-line', { hasText: text });
  }

  /** Chooses from the actions for the place of the cursor. */
  async quickFix(title: string): Promise<void> {
    const action = this.page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
    // The list closes by itself when new diagnostics arrive while it opens.
    for (let attempt = 1; attempt < 6; attempt += 1) {
      await this.page.keyboard.press('ControlOrMeta+.');
      const shown = action.waitFor({ timeout: 8000 }).then(
        () => true,
        () => false,
      );
      if (await shown) break;
      await this.page.keyboard.press('Escape');
    }
    await action.click();
    await action.waitFor({ state: 'hidden' });
  }

  /** The list of completions, once it shows an entry. */
  async suggestion(label: string): Promise<Locator> {
    const row = this.page.locator('.suggest-widget.visible .monaco-list-row', { hasText: label }).first();
    await row.waitFor();
    return row;
  }

  /** Everything that is offered, in the order it is. */
  async suggestions(): Promise<readonly string[]> {
    return this.page.locator('.suggest-widget.visible .monaco-list-row .label-name').allTextContents();
  }

  /**
   * What is said about a word under the mouse. A hover that comes while the editor draws its marks is hidden again and
   * does not return under a mouse that rests: then the mouse leaves, and comes again.
   */
  async hover(text: string): Promise<Locator> {
    const word = this.page.locator('.editor-instance .view-line span', { hasText: text }).last();
    const hover = this.page.locator('.monaco-hover:visible').first();
    for (let attempt = 1; attempt < HOVERS; attempt += 1) {
      await word.hover();
      const shown = hover.waitFor({ timeout: HOVER_LIMIT_MS }).then(
        () => true,
        () => false,
      );
      if (await shown) return hover;
      await this.page.mouse.move(0, 0);
    }
    await word.hover();
    await hover.waitFor();
    return hover;
  }

  /** Gives the editor the room of the panel below it. */
  async hidePanel(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+J');
    await this.page.locator('.markers-panel').waitFor({ state: 'hidden' });
  }

  /** Rows of the Problems view. */
  problem(code: string | RegExp): Locator {
    return this.page.locator('.markers-panel .monaco-list-row', { hasText: code });
  }
}
