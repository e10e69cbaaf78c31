import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { clickAway, untilGone, untilSeen } from './again';
import type { Session } from './session';

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
    const input = this.page.locator('.quick-input-widget .quick-input-box input');
    await untilSeen(input, () => this.page.keyboard.press('ControlOrMeta+P'));
    await input.fill(path);
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
    await this.takesKeys();
  }

  /** Keys pressed while the focus is still on its way into the editor are lost. */
  private async takesKeys(): Promise<void> {
    await this.page.locator('.editor-instance .monaco-editor.focused').first().waitFor();
  }

  /** Puts the cursor before a text that stands once in the file as it was saved last, or so many characters into it. */
  async goTo(path: string, text: string, into = 0): Promise<void> {
    const content = this.saved(path);
    const at = content.indexOf(text);
    expect(at, `"${text}" in ${path}`).toBeGreaterThanOrEqual(0);
    const offset = at + into;
    const before = content.slice(0, offset).split('\n');
    const input = this.page.locator('.quick-input-widget .quick-input-box input');
    await untilSeen(input, () => this.page.keyboard.press('Control+G'));
    await input.fill(`:${before.length}:${(before.at(-1) ?? '').length + 1}`);
    await untilGone(input, () => this.page.keyboard.press('Enter'));
    await this.takesKeys();
    await this.atLine(before.length).waitFor();
  }

  /** What the status bar says while the cursor is in a line, counted from 1. */
  private atLine(line: number): Locator {
    return this.page.locator('.part.statusbar').getByText(new RegExp(`^Ln ${line}, Col `));
  }

  /** Begins a line at the cursor, until that is done: just after a question was answered, Enter still goes to it. */
  async newLine(): Promise<void> {
    const shown = await this.page
      .locator('.part.statusbar')
      .getByText(/^Ln \d+, Col /)
      .innerText();
    const line = Number(/\d+/.exec(shown)?.[0]);
    await untilSeen(this.atLine(line + 1), () => this.page.keyboard.press('Enter'));
  }

  /** Writes over what differs in a text that stands once in the file as it was saved last, and saves. */
  async replace(path: string, old: string, text: string): Promise<void> {
    let same = 0;
    while (same < old.length && old[same] === text[same]) same += 1;
    // Brackets and quotes that stay are not typed: the editor would close them once more.
    await this.goTo(path, old, same);
    for (let left = old.length - same; left > 0; left -= 1)
      await this.page.keyboard.press('Shift+ArrowRight');
    await this.page.keyboard.type(text.slice(same));
    await this.page.keyboard.press('Escape');
    await this.expectSaved(path, text);
  }

  /** Gives what the cursor stands on another name, wherever it is used. */
  async rename(name: string): Promise<void> {
    await this.typeNewName(name);
    await this.giveNewName();
  }

  /** Gives the name that was typed. */
  async giveNewName(): Promise<void> {
    const box = this.page.locator('.rename-box input');
    await untilGone(box, () => this.page.keyboard.press('Enter'));
  }

  /** Types another name for what the cursor stands on, without giving it. */
  async typeNewName(name: string): Promise<void> {
    const box = this.page.locator('.rename-box input');
    // Whoever asks before the language server is ready is told that there is nothing to rename.
    await untilSeen(box, () => this.page.keyboard.press('F2'));
    await box.fill(name);
  }

  /** The whole text of the active editor, also of one that is no file. */
  async text(): Promise<string> {
    await this.focus();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.press('ControlOrMeta+C');
    return this.page.evaluate<string>('navigator.clipboard.readText()');
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
    await expect.poll(savedAgain, { interval: 500 }).toContain(text);
  }

  /** The lines of the editor in which a text is seen. */
  line(text: string): Locator {
    return this.page.locator('.editor-instance .view-line', { hasText: text });
  }

  /** Chooses from the actions for the place of the cursor. */
  async quickFix(title: string): Promise<void> {
    const action = this.page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
    const { keyboard } = this.page;
    // The list closes by itself when new diagnostics arrive while it opens.
    await untilSeen(
      action,
      () => keyboard.press('ControlOrMeta+.'),
      () => keyboard.press('Escape'),
    );
    await clickAway(action);
  }

  /** The list of completions, once it shows an entry. */
  async suggestion(label: string): Promise<Locator> {
    const row = this.page.locator('.suggest-widget.visible .monaco-list-row', { hasText: label }).first();
    await row.waitFor();
    return row;
  }

  /** Takes a completion, once it is the one that Enter takes. */
  async accept(label: string): Promise<void> {
    const list = this.page.locator('.suggest-widget.visible');
    await list.locator('.monaco-list-row.focused', { hasText: label }).waitFor();
    // A list that has just opened takes no key yet: Enter would begin a line.
    await this.page.waitForTimeout(500);
    await this.page.keyboard.press('Enter');
    await list.waitFor({ state: 'hidden' });
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
    await untilSeen(
      hover,
      () => word.hover(),
      () => this.page.mouse.move(0, 0),
    );
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
