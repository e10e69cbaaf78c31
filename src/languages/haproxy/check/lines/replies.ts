import { ERROR_STATUSES } from '../../schema/statuses';
import type { Word } from '../../syntax/word';
import type { Scope } from '../scope';
import { leadingInteger } from '../values/values';

/** Words of a reply that carry its body, and how: as an error file, as it stands, as a log format. */
const BODIES: Readonly<Record<string, 'errorfile' | 'raw' | 'format'>> = {
  'default-errorfiles': 'errorfile',
  errorfiles: 'errorfile',
  errorfile: 'errorfile',
  file: 'raw',
  string: 'raw',
  'lf-file': 'format',
  'lf-string': 'format',
};

/** How many words follow each word of a reply. */
const LENGTHS: Readonly<Record<string, number>> = {
  deny_status: 1,
  status: 1,
  'content-type': 1,
  errorfiles: 1,
  'default-errorfiles': 0,
  errorfile: 1,
  file: 1,
  string: 1,
  'lf-file': 1,
  'lf-string': 1,
  hdr: 2,
};

interface Reply {
  status: number | undefined;
  statusWord: Word | undefined;
  /** True when the status was given for HAProxy's own page of it. */
  ownPage: boolean;
  typed: boolean;
  body: Word | undefined;
  empty: boolean;
}

/** Checks that status, body and content type of `return`, `deny`, `tarpit` and `http-error` agree. */
export function checkReply(scope: Scope, words: readonly Word[], start: number): void {
  const reply: Reply = {
    status: undefined,
    statusWord: undefined,
    ownPage: false,
    typed: false,
    body: undefined,
    empty: false,
  };
  for (let at = start; at < words.length;) {
    const word = words[at];
    const length = word === undefined ? undefined : LENGTHS[word.value];
    if (word === undefined || length === undefined || word.quoted) break;
    const value = words[at + 1];
    if (word.dynamic || value?.dynamic === true || !read(scope, reply, word, value)) return;
    at += 1 + length;
  }
  finish(scope, reply);
}

function read(scope: Scope, reply: Reply, word: Word, value: Word | undefined): boolean {
  if (word.value === 'content-type') reply.typed = true;
  if (word.value === 'status' || word.value === 'deny_status') {
    reply.status = leadingInteger(value?.value ?? '') ?? 0;
    reply.statusWord = value;
    reply.ownPage = word.value === 'deny_status';
    if (reply.status < 200 || reply.status > 599) {
      const message = `"${value?.value ?? ''}" is no status of an answer.`;
      scope.report('number', value ?? word, message, 'Write 200 to 599.');
      return false;
    }
  }
  if (BODIES[word.value] === undefined) return true;
  if (reply.body !== undefined) {
    const message = `"${reply.body.value}" already says what the answer holds.`;
    scope.report('extra-argument', word, message, 'Keep one of them.');
    return false;
  }
  reply.body = word;
  reply.empty = word.value === 'string' && value?.value === '';
  return true;
}

function finish(scope: Scope, reply: Reply): void {
  const { body, status, statusWord, typed } = reply;
  const kind = body === undefined ? undefined : BODIES[body.value];
  const known = status === undefined || ERROR_STATUSES.includes(String(status));
  const page = kind === undefined ? reply.ownPage : kind === 'errorfile' && body?.value !== 'errorfile';
  if (page && !known && statusWord !== undefined) {
    const message = `HAProxy has no page of its own for status ${status}.`;
    scope.report(
      'number',
      statusWord,
      message,
      'Give the body with "content-type" and "string", or another status.',
    );
  }
  if (body === undefined || kind === 'errorfile' || kind === undefined || reply.empty) return;
  if (status === 204 || status === 304) {
    return scope.report(
      'extra-argument',
      body,
      `An answer of status ${status} has no body.`,
      'Remove the body.',
    );
  }
  if (typed) return;
  scope.report(
    'missing-argument',
    body,
    `"${body.value}" needs a content type.`,
    'Add content-type, e.g. text/plain.',
  );
}
