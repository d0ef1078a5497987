using NodeData.Cli.Tests.Doubles;
using NodeData.TestKit;

namespace NodeData.Cli.Tests.Completion;

/// <summary>Runs the completion scripts in the shells.</summary>
public sealed class CompletionTests
{
    public static TheoryData<string, string, string[]> Lines { get; } =
        new()
        {
            { "node-data emu", "emulator", [] },
            { "node-data keys g", "get", [] },
            { "node-data keys get --js", "--json", [] },
            { "node-data --json keys g", "get", [] },
            { "node-data emulator exec --mode ", "test", ["--mode", "me"] },
            { "node-data emulator exec --web", "--webhook-secret", ["--name"] },
            { "node-data completion ", "zsh", ["me"] },
            { "node-data webhooks listen --event ", "payout.paid", ["env-local"] },
            { "node-data keys create --scope mod", "models:read", ["--scope"] },
            { "node-data keys rotate --to env", "env-local", ["--to"] },
        };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Bash_completes_the_valid_words(string line, string offered, string[] notOffered)
    {
        using var tool = new Tool();
        var script = $"""
            eval "$('{Tool.Program}' completion bash)"
            COMP_LINE='{line}'; COMP_POINT=$(({line.Length})); _node_data
            printf '%s\n' "$COMPREPLY" "{"${COMPREPLY[@]}"}"
            """;

        var result = (await tool.RunProgramAsync("bash", "-c", script)).RequireExitCode(0);

        Assert.Contains(offered, result.Lines);
        Assert.DoesNotContain(result.Lines, word => notOffered.Contains(word));
        Assert.Empty(result.Error);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Zsh_completes_the_valid_words(string line, string offered, string[] notOffered)
    {
        RequiredProgram.Require("zsh");
        using var tool = new Tool();
        // Stubs of zsh's completion functions, which print what they receive.
        var script = $$"""
            compdef() { :; }; _files() { :; }; _default() { :; }
            _describe() { print -l -- "${(@P)2%%:*}"; }
            compadd() { print -l -- "${@[2,-1]}"; }
            eval "$('{{Tool.Program}}' completion zsh)"
            words=({{line}} {{(line.EndsWith(' ') ? "''" : "")}}); CURRENT=$#words; _node_data
            """;

        var result = (await tool.RunProgramAsync("zsh", "-f", "-c", script)).RequireExitCode(0);

        Assert.Contains(offered, result.Lines);
        Assert.DoesNotContain(result.Lines, word => notOffered.Contains(word));
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task In_an_interactive_zsh_the_tab_key_completes()
    {
        RequiredProgram.Require("zsh");
        using var tool = new Tool();
        var script = $$"""
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell 'PS1=; autoload -Uz compinit; compinit -u -d {{tool.GetPath(
                "dump"
            )}}; eval "$({{Tool.Program}} completion zsh)"; print REA""DY'
            zpty -r shell seen '*READY*'
            zpty -w -n shell $'node-data emulator exec --mo\tl\t'
            zpty -r shell seen '*exec --mode*live*' && print completed
            zpty -d shell
            """;

        Assert.Contains("completed", (await tool.RunProgramAsync("zsh", "-f", "-c", script)).RequireExitCode(0).Lines);
    }
}
