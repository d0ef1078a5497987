using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;

namespace NodeData.Cli;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using var terminal = Terminal.ForCurrentProcess();
        using var signalHandler = new SignalHandler(terminal);
        return (int)await Root.RunAsync(arguments, terminal, signalHandler.Token).ConfigureAwait(false);
    }
}
