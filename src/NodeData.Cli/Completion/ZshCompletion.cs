using NodeData.Cli.Output;

namespace NodeData.Cli.Completion;

/// <summary>Creates the completion script for zsh, with descriptions. The script does not start the tool.</summary>
internal static class ZshCompletion
{
    public static string CreateScript(IReadOnlyList<CompletableCommand> commands) =>
        string.Concat(
            "#compdef node-data\n# Completion of node-data for zsh. In ~/.zshrc, after compinit: eval \"$(node-data completion zsh)\"\n",
            CaseFunction.Create(
                "_node_data_commands",
                "$1",
                commands.Select(command => (command.Path, Reply(command.Commands.Select(Describe))))
            ),
            CaseFunction.Create("_node_data_arguments", "$1", commands.Select(command => (command.Path, Reply(command.Values)))),
            CaseFunction.Create(
                "_node_data_options",
                "$1",
                commands.Select(command => (command.Path, Reply(command.Options.Select(Describe))))
            ),
            CaseFunction.Create(
                "_node_data_values",
                "$1|$2",
                CompletableOption.GetAllWithValues(commands).Select(option => (option.Case, GetValuesBody(option.Option)))
            ),
            CompletionFunction
        );

    private static string Reply(IEnumerable<string> words) => $"reply+=({string.Join(' ', words.Select(ShellText.Quote))})";

    private static string Describe(CompletableWord word) => $"{word.Name}:{word.Description}";

    private static string Describe(CompletableOption option) => $"{option.Name}:{option.Description}";

    private static string GetValuesBody(CompletableOption option) =>
        option.HasFileValue ? "_files; return 0" : $"compadd -- {string.Join(' ', option.Values.Select(ShellText.Quote))}; return 0";

    private const string CompletionFunction = """
        _node_data() {
          local commandpath='' word previous=''
          local -a reply names
          for word in "${(@)words[2,CURRENT-1]}"; do
            case "$word" in
              --) _default; return ;;
              -*) ;;
              *)
                reply=(); _node_data_commands "$commandpath"
                names=("${(@)reply%%:*}")
                (( names[(Ie)$word] )) && commandpath="${commandpath:+$commandpath }$word"
                ;;
            esac
            previous=$word
          done
          _node_data_values "$commandpath" "$previous" && return
          reply=()
          if [[ "${words[CURRENT]}" == -* ]]; then _node_data_options "$commandpath"; else _node_data_commands "$commandpath"; _node_data_arguments "$commandpath"; fi
          (( $#reply )) && _describe 'node-data' reply || _default
        }
        compdef _node_data node-data

        """;
}
