using System.CommandLine;

namespace NodeData.Cli.CommandLine;

/// <summary>The options of every command.</summary>
internal static class GlobalOptions
{
    public static Option<bool> Json { get; } =
        new("--json") { Description = "The answer as JSON (docs/cli.md has the shapes)", Recursive = true };

    public static Option<bool> Verbose { get; } =
        new("--verbose") { Description = "Show each request, without secrets, on standard error", Recursive = true };

    public static Option<string?> BaseUrl { get; } =
        new("--base-url")
        {
            Description = "Where the service is; else NODE_DATA_BASE_URL, else https://api.nodedata.dev/v1",
            HelpName = "URL",
            Recursive = true,
        };

    public static Option<string?> KeyFile { get; } =
        new("--key-file")
        {
            Description = "A file that holds the API key; else NODE_DATA_API_KEY, else .env.local",
            HelpName = "PATH",
            Recursive = true,
        };

    public static IReadOnlyList<Option> All { get; } = [Json, Verbose, BaseUrl, KeyFile];
}
