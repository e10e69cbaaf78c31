import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { chromiumPath } from './paths';
import { FOR_README } from './screenshots';
import type { VscodeServer } from './server';

/** Generous, because other work may run on the machine; nothing waits longer than it must. */
export const PATIENCE = 60_000;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets',
];

/** A VS Code window in Chromium, driven as a user does. */
export class Workbench {
  private constructor(
    private readonly browser: Browser,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  /** Opens a folder and waits until the window is usable. */
  static async open(server: VscodeServer, folder: string, file?: string): Promise<Workbench> {
    const browser = await chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      // Four times the pixels are four times the work where there is no graphics card.
      deviceScaleFactor: FOR_README ? 2 : 1,
      colorScheme: 'dark',
    });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const workbench = new Workbench(browser, context, page);
    await workbench.goto(server, folder, file);
    return workbench;
  }

  /** @param file opened in the editor, relative to the folder */
  async goto(server: VscodeServer, folder: string, file?: string): Promise<void> {
    const url = new URL(server.url);
    url.searchParams.set('folder', folder);
    const payload = [
      ['skipWelcome', 'true'],
      ['skipReleaseNotes', 'true'],
      ...(file === undefined ? [] : [['openFile', `vscode-remote://${url.host}${folder}/${file}`]]),
    ];
    url.searchParams.set('payload', JSON.stringify(payload));
    await this.page.goto(url.toString());
    await this.page.locator('.monaco-workbench').waitFor();
    await this.page.locator('.part.statusbar .statusbar-item').first().waitFor();
  }

  /**
   * Loads the window anew in the language that a language pack would give it; VS Code's own words stay English, as there is
   * no pack.
   */
  async speak(language: string): Promise<void> {
    await this.page.addInitScript((code) => {
      Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: code });
    }, language);
    await this.page.reload();
    await this.page.locator('.part.statusbar .statusbar-item').first().waitFor();
  }

  /** Shows the extension's view. */
  async showLabView(): Promise<void> {
    await this.page.locator('.activitybar .action-label[aria-label^="HA Lab"]').click();
    await this.sidebar.getByText('Topology', { exact: false }).first().waitFor();
  }

  /** Drags the border of the side bar, so that its rows are read in full. */
  async widenSidebar(pixels: number): Promise<void> {
    const box = await this.sidebar.boundingBox();
    if (!box) throw new Error('no side bar');
    const x = box.x + box.width + 2;
    await this.page.mouse.move(x, 400);
    await this.page.mouse.down();
    await this.page.mouse.move(x + pixels, 400, { steps: 5 });
    await this.page.mouse.up();
  }

  get sidebar(): Locator {
    return this.page.locator('.part.sidebar');
  }

  /** A row of the tree by what a screen reader says of it. */
  row(label: string | RegExp): Locator {
    return this.sidebar.getByRole('treeitem', { name: label });
  }

  /** A button of the view's welcome text. */
  welcomeButton(text: string): Locator {
    return this.sidebar.locator('.welcome-view-content .monaco-button', { hasText: text });
  }

  get statusItem(): Locator {
    return this.page.locator('.part.statusbar .statusbar-item[id="gitlab-ha-lab.gitlab-ha-lab.lab"]');
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast', { hasText: text });
  }

  /** Runs a command through the palette, by its exact title. */
  async command(title: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget .quick-input-box input');
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.page.keyboard.press('F1');
        await input.waitFor({ state: 'visible', timeout: 10_000 });
        await input.fill(`>${title}`);
        await this.quickPick(title).click({ timeout: 15_000 });
        return;
      } catch (error) {
        if (attempt === 3) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** A choice of the list that is open. */
  quickPick(text: string | RegExp): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  }

  /** Chooses from the context menu of a row. */
  async contextMenu(row: Locator, entry: string): Promise<void> {
    const item = this.page.locator('.context-view .action-item', { hasText: entry }).first();
    // What is told about the row the mouse rests on may cover the one that is meant.
    await this.statusItem.hover();
    await this.page.locator('.context-view .workbench-hover').waitFor({ state: 'hidden' });
    await row.click({ button: 'right' });
    await item.waitFor();
    // A menu ignores the release of the button that opened it, and so a click that follows at once.
    await this.page.waitForTimeout(500);
    await item.hover();
    await item.click();
    await item.waitFor({ state: 'hidden' });
  }

  /** A button at the top of the view. */
  viewAction(title: string): Locator {
    return this.sidebar.getByRole('toolbar').getByRole('button', { name: title });
  }

  /** Answers VS Code's own dialog for a folder. */
  async chooseFolder(path: string, button: string): Promise<void> {
    const dialog = this.page.locator('.quick-input-widget');
    const confirm = dialog.getByRole('button', { name: button });
    await confirm.waitFor();
    // The dialog writes its first folder into the input; what is typed before would stand beside it.
    await this.quickPick('..').waitFor();
    await dialog.locator('.quick-input-box input').fill(`${path}/`);
    // While the dialog still looks at what was typed, it drops every click without a word.
    for (let attempt = 1; await confirm.isVisible(); attempt += 1) {
      if (attempt > 20) throw new Error(`the dialog does not take ${path}`);
      await confirm.click();
      await confirm.waitFor({ state: 'hidden', timeout: 3_000 }).catch(() => undefined);
    }
  }

  /** Folds a section of the side bar, so that the others have its room. */
  async foldView(title: string): Promise<void> {
    const header = this.sidebar.locator('.pane-header', { hasText: title });
    if ((await header.getAttribute('aria-expanded')) === 'true') await header.locator('.title').click();
  }

  /** Turns the wheel over a list, downwards, until a row is seen: rows out of sight are not in the page. @param over a row */
  async scrollTo(over: Locator, row: Locator): Promise<void> {
    await over.hover();
    for (let turn = 0; turn < 40 && !(await row.isVisible()); turn += 1) {
      await this.page.mouse.wheel(0, 44);
      await this.page.waitForTimeout(100);
    }
    await row.waitFor();
  }

  /** The entry of a terminal among the panel's terminals, by its name. */
  terminalTab(name: string): Locator {
    return this.page.locator('.part.panel').getByText(name).first();
  }

  /** Answers a question of several: what is offered, or a text. @param title of the question */
  async answer(title: string | RegExp, text?: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    await widget.locator('.quick-input-title', { hasText: title }).waitFor();
    const shown = (await widget.locator('.quick-input-title').textContent()) ?? '';
    if (text !== undefined) await widget.locator('.quick-input-box input').fill(text);
    await this.page.keyboard.press('Enter');
    // The next question has another title: Enter must not answer one twice.
    await widget.locator('.quick-input-title', { hasText: shown }).waitFor({ state: 'hidden' });
  }

  /** Types an answer without giving it. */
  async typeAnswer(text: string): Promise<void> {
    await this.page.locator('.quick-input-widget .quick-input-box input').fill(text);
  }

  /** What is said of an answer while it is typed. */
  quickMessage(text: string | RegExp): Locator {
    return this.page.locator('.quick-input-widget .quick-input-message', { hasText: text });
  }

  async answerDialog(button: string): Promise<void> {
    await this.page.locator('.monaco-dialog-box').getByRole('button', { name: button, exact: true }).click();
  }

  /** The text of the active terminal. */
  get terminal(): Locator {
    return this.page.locator('.terminal-wrapper.active .xterm-rows');
  }

  /** The terminals that are seen side by side, from left to right. */
  get terminals(): Locator {
    return this.page.locator('.terminal-wrapper.active');
  }

  /** What is seen in a terminal; without line ends, because a narrow one wraps its lines anywhere. */
  async terminalText(index = 0): Promise<string> {
    const lines = await this.terminals.nth(index).locator('.xterm-rows > div').allTextContents();
    return lines.join('').replaceAll('\u00a0', ' ');
  }

  async typeInTerminal(text: string, index = 0): Promise<void> {
    await this.terminals.nth(index).locator('.xterm-helper-textarea').focus();
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }

  async dismissNotifications(): Promise<void> {
    await this.command('Notifications: Clear All Notifications');
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}
