import type { Rule } from '../../core/rules/rule';
import type { HaproxySubject } from '../subject';
import { fromFault } from './from-fault';

const LINES = 'Lines and words';
const KEYWORDS = 'Keywords and arguments';
const EXPRESSIONS = 'Conditions and expressions';
const NAMES = 'Names and references';

/** Faults in how the file is written: HAProxy refuses to start with nearly all of them. */
export const LANGUAGE_RULES: readonly Rule<HaproxySubject>[] = [
  fromFault('HAP001', 'error', LINES, 'A quote is not closed', 'unmatched-quote'),
  fromFault('HAP002', 'error', LINES, 'An escape sequence is not valid', 'escape'),
  fromFault('HAP003', 'error', LINES, 'An environment variable is not written right', 'variable'),
  fromFault('HAP005', 'error', LINES, 'The file holds a NUL character', 'nul'),
  fromFault('HAP007', 'error', LINES, 'A line has too many words', 'too-many-words'),
  fromFault('HAP008', 'error', LINES, 'A line stands before the first section', 'outside-section'),
  fromFault('HAP009', 'error', LINES, 'A place holder of a template was left in', 'template'),
  fromFault('HAP010', 'error', KEYWORDS, 'The keyword is unknown', 'unknown-keyword'),
  fromFault('HAP011', 'error', KEYWORDS, 'The keyword is not allowed in this section', 'not-in-section'),
  fromFault('HAP012', 'warning', KEYWORDS, 'The line is ignored in this section', 'ignored-in-section'),
  fromFault('HAP013', 'error', KEYWORDS, 'The directive was removed from HAProxy', 'removed'),
  fromFault('HAP014', 'warning', KEYWORDS, 'The directive is deprecated', 'deprecated'),
  fromFault('HAP015', 'error', KEYWORDS, 'The feature belongs to another version of HAProxy', 'newer'),
  fromFault(
    'HAP016',
    'error',
    KEYWORDS,
    '"no" or "default" stands before a keyword without a switch',
    'modifier',
  ),
  fromFault('HAP017', 'error', KEYWORDS, 'An argument is missing', 'missing-argument'),
  fromFault('HAP018', 'error', KEYWORDS, 'An argument is not expected', 'extra-argument'),
  fromFault('HAP019', 'error', KEYWORDS, 'A word is not one of those allowed', 'enumeration'),
  fromFault('HAP020', 'error', KEYWORDS, 'A number is not valid', 'number'),
  fromFault('HAP021', 'error', KEYWORDS, 'A duration is not valid', 'time'),
  fromFault('HAP022', 'error', KEYWORDS, 'A size is not valid', 'size'),
  fromFault('HAP023', 'error', KEYWORDS, 'An address or port is not valid', 'address'),
  fromFault('HAP024', 'error', KEYWORDS, 'A name holds a character that is not allowed', 'name'),
  fromFault('HAP025', 'error', LINES, 'An empty argument ends the line', 'empty-argument'),
  fromFault(
    'HAP026',
    'information',
    KEYWORDS,
    'The environment decides whether HAProxy starts',
    'environment',
  ),
  fromFault('HAP027', 'error', LINES, 'Conditional blocks do not balance', 'conditional'),
  fromFault('HAP028', 'error', EXPRESSIONS, 'A regular expression is not valid', 'regex'),
  fromFault('HAP029', 'error', KEYWORDS, 'The option is unknown', 'unknown-option'),
  fromFault('HAP030', 'error', KEYWORDS, 'The bind parameter is unknown', 'unknown-bind'),
  fromFault('HAP031', 'error', KEYWORDS, 'The server parameter is unknown', 'unknown-server'),
  fromFault('HAP032', 'error', KEYWORDS, 'The action is unknown', 'unknown-action'),
  fromFault('HAP033', 'error', EXPRESSIONS, 'The sample fetch is unknown', 'unknown-fetch'),
  fromFault('HAP034', 'error', EXPRESSIONS, 'The converter is unknown', 'unknown-converter'),
  fromFault('HAP035', 'error', EXPRESSIONS, 'A sample expression is not valid', 'expression'),
  fromFault('HAP036', 'error', EXPRESSIONS, 'A condition is not complete', 'condition'),
  fromFault('HAP037', 'error', EXPRESSIONS, 'The ACL is not declared above', 'unknown-acl'),
  fromFault('HAP038', 'error', EXPRESSIONS, 'An ACL option or pattern is not valid', 'pattern'),
  fromFault('HAP039', 'error', EXPRESSIONS, 'A log format is not valid', 'log-format'),
  fromFault('HAP040', 'error', EXPRESSIONS, 'A sample fetch has no data here', 'not-available'),
  fromFault('HAP041', 'error', NAMES, 'The backend or frontend does not exist', 'backend-reference'),
  fromFault('HAP042', 'error', NAMES, 'The server does not exist', 'server-reference'),
  fromFault('HAP043', 'error', NAMES, 'The section does not exist', 'section-reference'),
  fromFault('HAP044', 'error', NAMES, 'The stick table does not exist', 'table-reference'),
  fromFault('HAP045', 'error', NAMES, 'Two sections have the same name', 'duplicate-section'),
  fromFault('HAP046', 'error', NAMES, 'Two servers have the same name', 'duplicate-server'),
  fromFault('HAP047', 'warning', KEYWORDS, 'A global setting is given twice', 'given-twice'),
  fromFault('HAP048', 'warning', KEYWORDS, 'A rule stands below one that runs later', 'rule-order'),
  fromFault('HAP050', 'error', KEYWORDS, 'An experimental directive is not allowed yet', 'experimental'),
  fromFault(
    'HAP049',
    'error',
    LINES,
    'The first line of a section is refused, and with it the section',
    'refused-section',
  ),
];
