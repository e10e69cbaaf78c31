import type { Finding } from '../../../../src/finding/finding';
import { offsetAt, textLines } from '../../../../src/finding/text-lines';
import { lintGitlabRb } from '../../../../src/languages/gitlab-rb/lint';
import { readGitlabRb } from '../../../../src/languages/gitlab-rb/subject';
import { loadParser } from '../../../../tools/fuzz/parser';

const parser = await loadParser();

/** What a rule says of a file, with the text it marks and the file after its quick fix. */
export interface Said {
  readonly marked: string;
  readonly message: string;
  readonly severity: string;
  readonly fixed: string | undefined;
}

/** All findings of one rule in a file. */
export function findingsOf(id: string, text: string, version?: string): Said[] {
  return lintGitlabRb(readGitlabRb(parser, text, 'gitlab.rb', version), 'gitlab.rb')
    .filter(({ code }) => code === id)
    .map((finding) => said(text, finding));
}

function said(text: string, { range, message, severity, fix }: Finding): Said {
  const lines = textLines(text);
  const start = offsetAt(lines, range.start);
  const end = offsetAt(lines, range.end);
  const edits = [...(fix?.edits ?? [])].sort(
    (a, b) => offsetAt(lines, b.range.start) - offsetAt(lines, a.range.start),
  );
  let fixed = text;
  for (const edit of edits) {
    fixed =
      fixed.slice(0, offsetAt(lines, edit.range.start)) +
      edit.newText +
      fixed.slice(offsetAt(lines, edit.range.end));
  }
  return { marked: text.slice(start, end), message, severity, fixed: fix === undefined ? undefined : fixed };
}
