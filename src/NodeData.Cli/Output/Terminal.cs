using System.Text;
using NodeData.Sdk;
using Spectre.Console;

namespace NodeData.Cli.Output;

/// <summary>The environment of the tool: its streams and whether they are terminals, its variables, working directory and clock.</summary>
internal sealed class Terminal : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private readonly Lazy<IAnsiConsole> _screen;
    private readonly Lazy<IAnsiConsole> _errorScreen;

    private Terminal()
    {
        _screen = new(() => CreateConsole(Out, IsOutputTerminal));
        _errorScreen = new(() => CreateConsole(Error, IsErrorTerminal));
    }

    public TextWriter Out { get; } = new StreamWriter(StandardOutput.Open(), Utf8) { AutoFlush = !Console.IsOutputRedirected };

    public TextWriter Error { get; } = new StreamWriter(Console.OpenStandardError(), Utf8) { AutoFlush = true };

    public bool IsOutputTerminal { get; } = !Console.IsOutputRedirected;

    public bool IsErrorTerminal { get; } = !Console.IsErrorRedirected;

    public bool IsInputTerminal { get; } = !Console.IsInputRedirected;

    public string Folder { get; } = Environment.CurrentDirectory;

    public TimeProvider Time { get; } = new NodeClientOptions().TimeProvider;

    /// <summary>Tables, colors and progress on standard output; without colors if it is not a terminal.</summary>
    public IAnsiConsole Screen => _screen.Value;

    /// <summary>The same on standard error, for everything that is not the command's result.</summary>
    public IAnsiConsole ErrorScreen => _errorScreen.Value;

    public static Terminal ForCurrentProcess() => new();

    /// <summary>Returns an environment variable without surrounding white space; null if it is not set or blank.</summary>
    public static string? GetVariable(string name) =>
        Environment.GetEnvironmentVariable(name)?.Trim() is { Length: > 0 } value ? value : null;

    public static Stream OpenInput() => Console.OpenStandardInput();

    public void Dispose()
    {
        try
        {
            Out.Dispose();
        }
        catch (OutputClosedException)
        {
            // Important output was flushed before, and its failure was reported then.
        }

        Error.Dispose();
    }

    private static IAnsiConsole CreateConsole(TextWriter writer, bool isTerminal)
    {
        var hasColors = isTerminal && GetVariable("NO_COLOR") is null && GetVariable("TERM") is not "dumb";
        return AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = isTerminal && GetVariable("TERM") is not "dumb" ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = hasColors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
                Out = new ScreenOutput(writer, isTerminal),
            }
        );
    }

    private sealed class ScreenOutput(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
    {
        private const int DefaultWidth = 80;
        private const int DefaultHeight = 24;

        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => GetSizeOrDefault(() => Console.WindowWidth, DefaultWidth);

        public int Height => GetSizeOrDefault(() => Console.WindowHeight, DefaultHeight);

        public void SetEncoding(Encoding encoding) { }

        private static int GetSizeOrDefault(Func<int> size, int defaultSize)
        {
            try
            {
                return size() is > 0 and var known ? known : defaultSize;
            }
            catch (IOException)
            {
                return defaultSize;
            }
        }
    }
}
