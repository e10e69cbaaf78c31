/**
 * Puts the chunks of a program into one CommonJS file, each in a function of its own that runs when somebody first asks for
 * it. Where they are all one scope, the engine makes every function of all of them at each start, and keeps every one in its
 * compiled code.
 */
import { basename } from 'node:path';
import ts from 'typescript';

/**
 * @param chunks output files of esbuild: ES modules, none of which changes what it exports after it has run
 * @param entry the one whose exports are the file's
 * @returns the text of the file, which uses `require`
 * @throws Error for a chunk with a kind of import or export that esbuild does not write
 */
export function oneFile(chunks, entry) {
  const names = new Set(chunks.map(({ path }) => basename(path)));
  const functions = chunks.map(
    ({ path, text }) => `${JSON.stringify(basename(path))}(){${asFunction(basename(path), text, names)}}`,
  );
  return [
    '"use strict";const __chunks={',
    functions.join(',\n'),
    '};const __ran=new Map;function __chunk(name){let found=__ran.get(name);',
    'if(found===void 0){found=__chunks[name]();__ran.set(name,found)}return found}',
    `Object.assign(exports,__chunk(${JSON.stringify(basename(entry))}));\n`,
  ].join('\n');
}

/** Its text as the body of a function that returns what it exports. */
function asFunction(name, text, names) {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const imports = [];
  const exported = [];
  const changes = [];
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) imports.push(importLine(statement, names));
    else if (ts.isExportDeclaration(statement) && statement.moduleSpecifier === undefined)
      exported.push(...statement.exportClause.elements.map(exportedName));
    else if (ts.isExportAssignment(statement)) {
      exported.push('default:__default');
      changes.push({
        from: statement.getStart(),
        to: statement.expression.getStart(),
        put: 'const __default=',
      });
      continue;
    } else if (ts.isExportDeclaration(statement) || statement.modifiers?.some(isExport)) {
      throw new Error(`${name} exports in an unforeseen way: ${statement.getText().slice(0, 80)}`);
    } else continue;
    changes.push({ from: statement.getStart(), to: statement.end, put: '' });
  }
  changes.push(...dynamicImports(file, names));
  return `${imports.join('')}${changed(text, changes)}\nreturn{${exported.join(',')}}`;
}

const isExport = ({ kind }) => kind === ts.SyntaxKind.ExportKeyword;

const exportedName = ({ name, propertyName }) => `${name.text}:${(propertyName ?? name).text}`;

const isChunk = (from, names) => from.startsWith('./') && names.has(basename(from));

function importLine({ importClause, moduleSpecifier }, names) {
  const from = moduleSpecifier.text;
  const own = isChunk(from, names);
  const module = own ? `__chunk(${JSON.stringify(basename(from))})` : `require(${JSON.stringify(from)})`;
  if (importClause === undefined) return `${module};`;
  const { name, namedBindings } = importClause;
  const parts = [];
  // Of a module of Node's own everything is the default, too.
  if (name !== undefined) parts.push(`${name.text}=${module}${own ? '.default' : ''}`);
  if (namedBindings !== undefined && ts.isNamespaceImport(namedBindings))
    parts.push(`${namedBindings.name.text}=${module}`);
  else if (namedBindings !== undefined)
    parts.push(`{${namedBindings.elements.map(importedName).join(',')}}=${module}`);
  return `const ${parts.join(',')};`;
}

const importedName = ({ name, propertyName }) =>
  propertyName === undefined ? name.text : `${propertyName.text}:${name.text}`;

/** Chunks that are loaded at a first use; what is no chunk is imported as it was. */
function dynamicImports(file, names) {
  const changes = [];
  const visit = (node) => {
    const [from] = isImport(node) ? node.arguments : [];
    if (from !== undefined && ts.isStringLiteral(from) && isChunk(from.text, names)) {
      const put = `Promise.resolve().then(()=>__chunk(${JSON.stringify(basename(from.text))}))`;
      changes.push({ from: node.getStart(), to: node.end, put });
    } else ts.forEachChild(node, visit);
  };
  visit(file);
  return changes;
}

const isImport = (node) => ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;

function changed(text, changes) {
  const pieces = [];
  let at = 0;
  for (const { from, to, put } of changes.sort((a, b) => a.from - b.from)) {
    pieces.push(text.slice(at, from), put);
    at = to;
  }
  return pieces.join('') + text.slice(at);
}
