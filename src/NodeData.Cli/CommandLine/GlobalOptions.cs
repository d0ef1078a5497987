using System.CommandLine;

namespace NodeData.Cli.CommandLine;

/// <summary>The options of all commands.</summary>
internal static class GlobalOptions
{
    public static Option<bool> Json { get; } =
        new("--json") { Description = "Print JSON (docs/cli.md describes the formats)", Recursive = true };

    public static Option<bool> Verbose { get; } =
        new("--verbose") { Description = "Print each request to standard error, without secrets", Recursive = true };

    public static Option<string?> BaseUrl { get; } =
        new("--base-url")
        {
            Description = "Base URL of the service; defaults to NODE_DATA_BASE_URL, then https://api.nodedata.dev/v1",
            HelpName = "URL",
            Recursive = true,
        };

    public static Option<string?> KeyFile { get; } =
        new("--key-file")
        {
            Description = "File that holds the API key; defaults to NODE_DATA_API_KEY, then .env.local",
            HelpName = "PATH",
            Recursive = true,
        };

    public static IReadOnlyList<Option> All { get; } = [Json, Verbose, BaseUrl, KeyFile];
}
