using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;

namespace NodeData.Cli;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using var terminal = Terminal.OfThisProcess();
        using var interruption = new Interruption(terminal);
        return (int)await Root.RunAsync(arguments, terminal, interruption.Token).ConfigureAwait(false);
    }
}
