import { MarkupKind, type Hover } from 'vscode-languageserver-types';
import type { Position } from '../../../../finding/finding';
import { offsetAt, rangeBetween } from '../../../../finding/text-lines';
import { servicesOfRole } from '../../schema/roles';
import { CALLED_ROOTS, ROLES, isRoot } from '../../schema/roots';
import { GITLAB_SCHEMA } from '../../schema';
import type { KeyInfo, RemovedKey } from '../../schema/schema';
import type { GitlabRbSubject } from '../../subject';
import { isSince } from '../../schema/version';
import { cursorAt, type Cursor } from '../cursor/cursor';
import { removalOf, short, typeText, written } from './describe';
import type { Place } from '../cursor/frames';
import { lexBefore } from '../cursor/lexer';
import { wordEnd } from '../cursor/lexer-parts';

/** What is known of the root, key or role under the cursor. */
export function hover(subject: GitlabRbSubject, position: Position): Hover | undefined {
  const { lines } = subject.index;
  const offset = offsetAt(lines, position);
  const cursor = cursorAt(subject.text, offset);
  const word = wordAt(subject.text, offset);
  const text = cursor === undefined ? undefined : textOf(subject, cursor);
  const span = cursor?.written ?? word;
  if (text !== undefined && span.end > span.start) {
    return {
      contents: { kind: MarkupKind.Markdown, value: text },
      range: rangeBetween(lines, span.start, span.end),
    };
  }
  // A root that is read inside a value: `x = patroni['ttl']`.
  const isRead = subject.text.charAt(word.end) === '[' && isInCode(subject.text, offset);
  const read = isRead ? rootText(subject, word.text) : undefined;
  if (read === undefined) return undefined;
  return {
    contents: { kind: MarkupKind.Markdown, value: read },
    range: rangeBetween(lines, word.start, word.end),
  };
}

function isInCode(text: string, offset: number): boolean {
  const { inside } = lexBefore(text, offset);
  return inside.kind === 'code' || (inside.kind === 'token' && inside.token.kind === 'word');
}

function wordAt(
  text: string,
  offset: number,
): { readonly start: number; readonly end: number; readonly text: string } {
  let start = offset;
  while (start > 0 && /\w/.test(text.charAt(start - 1))) start -= 1;
  const end = wordEnd(text, start);
  return { start, end, text: text.slice(start, end) };
}

function textOf(subject: GitlabRbSubject, cursor: Cursor): string | undefined {
  const { text } = cursor.written;
  switch (cursor.kind) {
    case 'root':
      return rootText(subject, text);
    case 'key':
    case 'name':
      return keyText(subject, { root: cursor.place.root, path: [...cursor.place.path, text] });
    case 'value':
      return cursor.place.root === 'roles' ? roleText(subject, text) : undefined;
  }
}

function rootText(subject: GitlabRbSubject, root: string): string | undefined {
  const removed =
    removalOf({ root, path: [] }, subject.version) ?? removalOf({ root, path: ['*'] }, subject.version);
  if (!isRoot(root) && removed === undefined) return undefined;
  const info = GITLAB_SCHEMA.key(root, []);
  const called = CALLED_ROOTS.has(root);
  return join(
    fence(called ? `${root} …` : `${root}['…']`),
    removed === undefined ? '' : removalText(removed),
    info === undefined || !called ? '' : typeAndDefault(info),
    GITLAB_SCHEMA.rootDescription(root) ?? '',
    info?.description ?? '',
    info === undefined ? '' : notes(subject, info),
    link(GITLAB_SCHEMA.rootDocs(root)),
  );
}

function keyText(subject: GitlabRbSubject, place: Place): string | undefined {
  const info = GITLAB_SCHEMA.key(place.root, place.path);
  const removed = removalOf(place, subject.version);
  if (info === undefined && removed === undefined) return undefined;
  return join(
    fence(written(place)),
    removed === undefined ? '' : removalText(removed),
    info === undefined ? '' : typeAndDefault(info),
    info?.description ?? '',
    info === undefined ? '' : notes(subject, info),
    link(info?.docs ?? GITLAB_SCHEMA.rootDocs(place.root)),
  );
}

function typeAndDefault(info: KeyInfo): string {
  const type = typeText(info);
  const parts = [
    type === '' ? '' : capital(type),
    info.default === undefined ? '' : `default \`${short(info.default, 120)}\``,
    info.enterprise === true ? 'Enterprise Edition' : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** First version, what the sample file shows, the only values. */
function notes({ version }: GitlabRbSubject, info: KeyInfo): string {
  const late = info.since !== undefined && !isSince(version, info.since);
  const parts = [
    info.values === undefined || info.root === 'roles' ? '' : `One of ${list(info.values)}.`,
    info.sample === undefined ? '' : `The sample file shows \`${short(info.sample, 120)}\`.`,
    info.since === undefined ? '' : `Since GitLab ${info.since}${late ? ', so not in this version' : ''}.`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function list(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(', ');
}

function roleText(subject: GitlabRbSubject, text: string): string | undefined {
  const role = text.replaceAll('-', '_');
  const removed = removalOf({ root: role, path: [] }, subject.version);
  if (!ROLES.has(role) && removed === undefined) return undefined;
  const services = servicesOfRole(role);
  return join(
    fence(`roles ['${role}']`),
    GITLAB_SCHEMA.rootDescription(role) ?? '',
    services.length === 0 ? '' : `Turns on ${services.map((service) => `\`${service}\``).join(', ')}.`,
    removed === undefined ? '' : removalText(removed),
    link(GITLAB_SCHEMA.rootDocs('roles')),
  );
}

const BEHAVIOUR: Readonly<Record<RemovedKey['behaviour'], string>> = {
  aborts: '`gitlab-ctl reconfigure` stops because of it.',
  'unknown-root': 'GitLab does not know the word: `gitlab-ctl reconfigure` stops.',
  ignored: 'GitLab does not read it, and says nothing about that.',
  warns: 'GitLab warns about it.',
  copied: 'GitLab warns, and takes the value over as long as the new key is not set.',
  moved: 'GitLab warns, and moves the value to its new place.',
  'still-read': 'GitLab reads it only where the new key is not set.',
  'invalid-role': 'GitLab does not know the role: `gitlab-ctl reconfigure` stops.',
};

function removalText({ deprecatedIn, removedIn, behaviour, replacement, note }: RemovedKey): string {
  const gone =
    behaviour !== 'copied' && behaviour !== 'moved' && behaviour !== 'warns' && behaviour !== 'still-read';
  const when =
    gone && removedIn !== undefined
      ? `**Removed in GitLab ${removedIn}.**`
      : deprecatedIn === undefined
        ? gone
          ? '**Removed.**'
          : '**Deprecated.**'
        : `**Deprecated since GitLab ${deprecatedIn}.**`;
  const instead = replacement === undefined ? '' : `Write \`${replacement}\` instead.`;
  return [when, BEHAVIOUR[behaviour], instead, note ?? ''].filter((part) => part !== '').join(' ');
}

function fence(code: string): string {
  return `\`\`\`ruby\n${code}\n\`\`\``;
}

function link(page: string | undefined): string {
  return page === undefined ? '' : `[GitLab documentation](${page})`;
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
