import { describe, expect, it } from 'vitest';
import { activationOf } from '../../bench/startup-performance';

const TEXT = `## System Info

| Extension | nothing |

## Extension Activation Stats

| Extension | Eager | Load Code | Call Activate | Finish Activate | Event | By |
|:--|:--|--:|--:|--:|--:|:--|
| vscode.git | *true* | 120 | 5 | 7 | * | |
| gitlab-ha-lab.gitlab-ha-lab | false | 31 | 9 | 2 | onView:gitlabHaLab.topology | gitlab-ha-lab.gitlab-ha-lab |
`;

describe('the editor "Startup Performance"', () => {
  it('says what an extension cost', () => {
    expect(activationOf(TEXT, 'gitlab-ha-lab.gitlab-ha-lab')).toEqual({ load: 31, activate: 9, finish: 2 });
  });

  it.each([
    ['the table is not there yet', TEXT.slice(0, 40)],
    ['the extension is not in it', TEXT.replaceAll('gitlab-ha-lab.gitlab-ha-lab', 'other.extension')],
    ['a value is missing', TEXT.replace('| 31 |', '|  |').replace('| 9 |', '| ? |')],
  ])('says nothing while %s', (_case, text) => {
    expect(activationOf(text, 'gitlab-ha-lab.gitlab-ha-lab')).toBeUndefined();
  });
});
