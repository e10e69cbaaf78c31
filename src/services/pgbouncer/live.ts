import type { LiveService } from '../core/live/live-service';
import { vacant } from '../core/live/view';
import { databaseView } from '../patroni/view';
import { pgbouncerVerdict } from './health';
import { pgbouncerReport } from './node-report';
import { watchPgbouncer } from './watch';

export const pgbouncerLive: LiveService<unknown, unknown, never> = {
  watchNode: watchPgbouncer,
  nodeReport: pgbouncerReport,
  verdict: pgbouncerVerdict,
  suffersVacancy: (view) => vacant(databaseView(view).leader),
};
