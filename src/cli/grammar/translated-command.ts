import { Argument, Command } from 'commander';
import type { Option } from 'commander';
import { closestWord } from '../../finding/did-you-mean';
import type { Localizer } from '../../presentation/words/localizer';

/** What the library calls when a line is wrong, and does not declare. */
interface Parser {
  _callParseArg(target: Option | Argument, value: string, previous: unknown, refusal: string): unknown;
}

/** A command that says in the user's language what is wrong with a line; how it reads one is the library's. */
export class TranslatedCommand extends Command {
  constructor(
    private readonly l10n: Localizer,
    name?: string,
  ) {
    super(name);
  }

  override createCommand(name?: string): Command {
    return new TranslatedCommand(this.l10n, name);
  }

  /** Called by the library. */
  missingArgument(name: string): void {
    this.refuse(this.l10n.t("missing required argument '{0}'", name), 'commander.missingArgument');
  }

  /** Called by the library. */
  optionMissingArgument({ flags }: Option): void {
    this.refuse(this.l10n.t("option '{0}' argument missing", flags), 'commander.optionMissingArgument');
  }

  /** Called by the library. */
  unknownOption(flag: string): void {
    const said = this.l10n.t("unknown option '{0}'", flag);
    this.refuse(this.withMeant(said, flag, longFlags(this)), 'commander.unknownOption');
  }

  /** Called by the library. */
  unknownCommand(): void {
    const [word = ''] = this.args;
    const names = this.createHelp()
      .visibleCommands(this)
      .map((command) => command.name());
    const said = this.l10n.t("unknown command '{0}'", word);
    this.refuse(this.withMeant(said, word, names), 'commander.unknownCommand');
  }

  /** Called by the library. */
  _excessArguments(received: readonly string[]): void {
    const expected = this.registeredArguments.length;
    this.refuse(
      this.l10n.t(
        "too many arguments for '{0}': {1} instead of {2}.",
        this.name(),
        received.length,
        expected,
      ),
      'commander.excessArguments',
    );
  }

  /** Called by the library for each value of an option or argument. */
  _callParseArg(target: Option | Argument, value: string, previous: unknown): unknown {
    const { argChoices } = target;
    const refusal =
      target instanceof Argument
        ? this.l10n.t("value '{0}' is invalid for argument '{1}'.", value, target.name())
        : this.l10n.t("option '{0}' argument '{1}' is invalid.", target.flags, value);
    if (argChoices !== undefined && !argChoices.includes(value)) {
      const choices = this.l10n.t('Allowed choices are {0}.', argChoices.join(', '));
      this.refuse(`${refusal} ${choices}`, 'commander.invalidArgument');
    }
    const library = Command.prototype as unknown as Parser;
    return library._callParseArg.call(this, target, value, previous, this.withError(refusal));
  }

  private refuse(said: string, code: string): never {
    this.error(this.withError(said), { code });
  }

  private withError(said: string): string {
    return `${this.l10n.t('error:')} ${said}`;
  }

  private withMeant(said: string, word: string, known: readonly string[]): string {
    const close = closestWord(word, known);
    return close === undefined ? said : `${said}\n${this.l10n.t('(Did you mean {0}?)', close)}`;
  }
}

/** Those of the command and of all above it that take theirs anywhere. */
function longFlags(command: Command): readonly string[] {
  const own = command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long }) => (long ? [long] : []));
  return command.parent ? [...own, ...longFlags(command.parent)] : own;
}
