import { InlayHintKind, type InlayHint } from 'vscode-languageserver-types';
import type { Range } from '../../../../finding/finding';
import { namedBlocks, type Instance } from '../../model/instances';
import type { KeepalivedSubject } from '../../subject';
import { statementSpan, type KeepalivedDocument } from '../../syntax/document';
import type { Statement } from '../../syntax/tree';

/** Times that follow from several settings: until a backup takes over, until a failed check counts. */
export function inlayHints({ document, instances }: KeepalivedSubject, { start, end }: Range): InlayHint[] {
  const hints = [...instances.flatMap((instance) => takeOver(document, instance)), ...failures(document)];
  return hints.filter(({ position }) => position.line >= start.line && position.line <= end.line);
}

function hint(document: KeepalivedDocument, statement: Statement, label: string, tooltip: string): InlayHint {
  const position = document.range(statementSpan(statement)).end;
  return { position, label, tooltip, kind: InlayHintKind.Parameter, paddingLeft: true };
}

function seconds(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

const round = (time: number): string => String(Math.round(time * 100) / 100);

/**
 * A backup takes over when it has heard nothing for so many adverts and the skew of its priority: in version 2
 * (256 − priority) / 256 of a second, in version 3 that part of the interval.
 */
export function takeOverTime(interval: number, priority: number, adverts: number, version: number): number {
  const skew = ((256 - priority) / 256) * (version === 3 ? interval : 1);
  return adverts * interval + skew;
}

function takeOver(document: KeepalivedDocument, instance: Instance): InlayHint[] {
  const statement = instance.last('advert_int') ?? instance.last('priority');
  const interval = instance.has('advert_int') ? seconds(instance.value('advert_int')) : 1;
  const adverts = instance.has('down_timer_adverts') ? seconds(instance.value('down_timer_adverts')) : 3;
  const { priority, version } = instance;
  if (statement === undefined || interval === undefined || interval <= 0 || adverts === undefined) return [];
  if (priority === undefined || priority < 1 || priority > 254 || version === undefined) return [];
  const time = round(takeOverTime(interval, priority, adverts, version));
  const tooltip = `This node takes over ${time} s after the last advert of the master: ${adverts} adverts of ${interval} s, and a part that is smaller the higher its priority is.`;
  return [hint(document, statement, `takes over after ${time} s`, tooltip)];
}

function failures(document: KeepalivedDocument): InlayHint[] {
  return namedBlocks(document, 'vrrp_script').flatMap(({ block }) => {
    const last = (keyword: string): Statement | undefined =>
      block.statements.filter((statement) => statement.keyword.value === keyword).at(-1);
    const value = (keyword: string): number | undefined =>
      last(keyword) === undefined ? 1 : seconds(last(keyword)?.args[0]?.value);
    const statement = last('fall') ?? last('interval');
    const [interval, fall] = [value('interval'), value('fall')];
    if (statement === undefined || interval === undefined || fall === undefined || fall < 1) return [];
    const time = round(interval * fall);
    const tooltip = `Interval × fall: the longest time from the failure to the last of ${fall} failed runs, without the time the runs take.`;
    return [hint(document, statement, `counts as failed within ${time} s`, tooltip)];
  });
}
