import type { Location } from '@ruby/prism/src/nodes.js';
import type { Span, SpanEdit } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { LOADER_TOPIC } from '../support/topics';
import { TYPOGRAPHIC } from '../support/words';

export const SYNTAX: GitlabRbRule = {
  id: 'GLR011',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: 'Ruby cannot read the file',
  check(subject, report) {
    const typographic = new Set(typographicLines(subject).map(({ line }) => line));
    for (const { code, range, message, remedy } of subject.config.findings) {
      if (code !== 'GRB001' || typographic.has(range.start.line)) continue;
      report({ span: subject.span(range), message, remedy });
    }
  },
};

export const UNREADABLE: GitlabRbRule = {
  id: 'GLR025',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: 'The file cannot be checked from here on',
  check(subject, report) {
    for (const { code, range, message, remedy } of subject.config.findings) {
      if (code === 'GRB002') report({ span: subject.span(range), message, remedy });
    }
  },
};

export const TYPOGRAPHIC_QUOTES: GitlabRbRule = {
  id: 'GLR012',
  severity: 'error',
  topic: LOADER_TOPIC,
  title: 'Typographic quotes or invisible spaces',
  check(subject, report) {
    for (const { spans } of typographicLines(subject)) {
      const [first] = spans;
      const last = spans.at(-1);
      if (first === undefined || last === undefined) continue;
      const edits = spans.map((span) => replacement(subject, span));
      report({
        span: { start: first.start, end: last.end },
        message:
          'Ruby knows only the plain quotes and the plain space, so it takes these signs for a part of a word.',
        remedy: 'Write plain quotes and spaces.',
        fix: { title: 'Write plain quotes and spaces', edits },
      });
    }
  },
};

function replacement({ text }: GitlabRbSubject, span: Span): SpanEdit {
  const sign = text.slice(span.start, span.end);
  const newText = /[\u200b\ufeff]/.test(sign)
    ? ''
    : /[\u00a0\u2007\u202f]/.test(sign)
      ? ' '
      : /[\u2018\u2019\u201a\u201b]/.test(sign)
        ? "'"
        : '"';
  return { ...span, newText };
}

/** Lines with such signs outside of texts and comments, where each stands. */
function typographicLines(subject: GitlabRbSubject): { line: number; spans: Span[] }[] {
  const { text, index } = subject;
  if (!TYPOGRAPHIC.test(text)) return [];
  const quiet = quietSpans(subject);
  const found = new Map<number, Span[]>();
  let next = 0;
  for (const match of text.matchAll(new RegExp(TYPOGRAPHIC.source, 'gu'))) {
    const at = match.index;
    // A byte order mark at the start is the editor's, and Ruby skips it.
    if (at === 0 && match[0] === '\ufeff') continue;
    while (next < quiet.length && (quiet[next]?.end ?? 0) <= at) next += 1;
    if ((quiet[next]?.start ?? Infinity) <= at) continue;
    const line = index.positionOfByte(index.byteOffset(at)).line;
    const spans = found.get(line) ?? [];
    spans.push({ start: at, end: at + match[0].length });
    found.set(line, spans);
  }
  return [...found].map(([line, spans]) => ({ line, spans }));
}

/** Texts, comments and what follows `__END__`, in the order of the file and without overlap. */
function quietSpans(subject: GitlabRbSubject): Span[] {
  const { scan, parsed, text } = subject;
  // A symbol without quotes may be what the parser made of a typographic quote.
  const symbols = scan.symbols.filter(({ node }) =>
    /["'%]/.test(text[subject.spanOf(node.location).start] ?? ''),
  );
  const places: Location[] = [
    ...scan.strings.map(({ node }) => node.contentLoc),
    ...symbols.map(({ node }) => node.location),
    ...scan.commands,
    ...(parsed?.comments ?? []).map(({ location }) => location),
  ];
  const spans = places.map((place) => subject.spanOf(place));
  const end = parsed?.dataLoc as Location | null | undefined;
  if (end) spans.push({ start: subject.spanOf(end).start, end: text.length });
  spans.sort((one, other) => one.start - other.start);
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of spans) {
    const last = merged.at(-1);
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}
