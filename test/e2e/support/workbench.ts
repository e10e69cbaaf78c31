import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { clickAway, untilGone, untilSeen } from './again';
import { chromiumPath } from './paths';
import { FOR_README } from './screenshots';
import type { VscodeServer } from './server';

/** Generous, because other work may run on the machine; nothing waits longer than it must. */
export const PATIENCE = 120_000;

/** Whoever waited for something else before does not wait long for what was told meanwhile. */
const TOLD_LATELY_MS = 5_000;

/** How long the list of notifications is looked at before it is opened again. */
const LOOKED_AGAIN_MS = 20_000;

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

/** Whatever turns or runs for ever is drawn by the processor here, and takes a third of it: it stands still. */
const STANDS_STILL =
  '.codicon-modifier-spin, .monaco-progress-container .progress-bit { animation: none !important; }';

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
    await this.page.addStyleTag({ content: STANDS_STILL });
    await this.page.locator('.part.statusbar .statusbar-item').first().waitFor();
  }

  /** Waits until the window shows a folder that it was told to open. @param name last part of its path */
  async opened(name: string): Promise<void> {
    await this.page.waitForURL(
      ({ searchParams }) => searchParams.get('folder')?.endsWith(`/${name}`) === true,
    );
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

  /** Drags the border of the side bar, so that its rows are read in full: until it moves, as it does not while views are laid out. */
  async widenSidebar(pixels: number): Promise<void> {
    const width = async (): Promise<number> => (await this.sidebar.boundingBox())?.width ?? 0;
    const before = await width();
    for (let attempt = 1; (await width()) < before + pixels / 2; attempt += 1) {
      if (attempt > 5) throw new Error('the side bar keeps its width');
      const box = await this.sidebar.boundingBox();
      if (!box) throw new Error('no side bar');
      const x = box.x + box.width + 2;
      await this.page.mouse.move(x, 400);
      await this.page.mouse.down();
      await this.page.mouse.move(x + pixels, 400, { steps: 5 });
      await this.page.mouse.up();
      await this.page.waitForTimeout(200);
    }
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

  /** What is told in a corner, also in the list of all that was told when that is open. */
  notification(text: string | RegExp): Locator {
    const places = ['.notification-toast', '.notifications-center .notification-list-item'];
    return this.page.locator(places.join(), { hasText: text }).first();
  }

  /** What is told or was told: whatever wants no answer leaves its corner after some seconds. @param timeout milliseconds */
  async told(text: string | RegExp, timeout = PATIENCE): Promise<Locator> {
    const notification = this.notification(text);
    const comes = notification.waitFor({ timeout: TOLD_LATELY_MS }).then(
      () => true,
      () => false,
    );
    if (!(await comes)) {
      await this.command('Notifications: Show Notifications');
      await notification.waitFor({ timeout });
    }
    return notification;
  }

  /** Waits until a deployment is told to have ended well. @param timeout milliseconds @throws what is told when it failed */
  async deployed(lab: string, timeout: number): Promise<void> {
    const ended = new RegExp(
      `Lab ${lab} (was up to date and )?is healthy|The lab was not deployed|Nothing was created`,
    );
    const notification = this.notification(ended);
    // The list shows all that was told, while the corner has room for three; what else opens closes it.
    for (const deadline = Date.now() + timeout; Date.now() < deadline && !(await notification.isVisible());) {
      await this.command('Notifications: Show Notifications');
      await notification.waitFor({ timeout: LOOKED_AGAIN_MS }).catch(() => undefined);
    }
    const text = await notification.innerText();
    if (!text.includes('is healthy')) throw new Error(`not deployed: ${text}`);
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
        await this.quickPick(title).waitFor({ state: 'hidden', timeout: 15_000 });
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

  /** Takes a choice of the list that is open, or will be. */
  async pick(text: string | RegExp): Promise<void> {
    await this.quickPick(text).waitFor();
    await clickAway(this.quickPick(text));
  }

  /** Chooses from the context menu of a row. */
  async contextMenu(row: Locator, entry: string): Promise<void> {
    const item = this.page.locator('.context-view .action-item', { hasText: entry }).first();
    // What is told about the row the mouse rests on may cover the one that is meant.
    await this.statusItem.hover();
    await this.page.locator('.context-view .workbench-hover').waitFor({ state: 'hidden' });
    await untilSeen(
      item,
      () => row.click({ button: 'right' }),
      () => this.page.keyboard.press('Escape'),
    );
    // A menu ignores the release of the button that opened it, and so a click that follows at once.
    await this.page.waitForTimeout(500);
    await item.hover();
    await clickAway(item);
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
    // While the dialog still looks at what was typed, it drops every click.
    await clickAway(confirm);
  }

  /** Folds a section of the side bar, so that the others have its room. */
  async foldView(title: string): Promise<void> {
    const header = this.sidebar.locator('.pane-header', { hasText: title });
    const open = header.and(this.page.locator('[aria-expanded="true"]'));
    if (await open.isVisible()) await untilGone(open, () => header.locator('.title').click());
  }

  /** Turns the wheel over a list, downwards, until a row is seen: rows out of sight are not in the page. @param over a row */
  async scrollTo(over: Locator, row: Locator): Promise<void> {
    await over.hover();
    for (let turn = 0; turn < 40 && !(await row.isVisible()); turn += 1) {
      await this.page.mouse.wheel(0, 44);
      await this.page.waitForTimeout(100);
    }
    await row.waitFor();
    // The tooltip of the row under the pointer lies over others, and takes their clicks.
    await this.page.mouse.move(200, 16);
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
    // The next question has another title: Enter must not answer one twice.
    await untilGone(widget.locator('.quick-input-title', { hasText: shown }), () =>
      this.page.keyboard.press('Enter'),
    );
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
    const dialog = this.page.locator('.monaco-dialog-box');
    await clickAway(dialog.getByRole('button', { name: button, exact: true }));
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
