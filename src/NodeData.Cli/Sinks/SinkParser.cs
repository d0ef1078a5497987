using NodeData.Cli.Failures;

namespace NodeData.Cli.Sinks;

/// <summary>Parses sinks.</summary>
internal static class SinkParser
{
    private const string SupportedForms =
        "stdout, env-local, file:PATH, github:OWNER/REPO#NAME[@ENVIRONMENT], vercel:PROJECT#NAME@ENVIRONMENT, aws:SECRET-ID or tpm:INDEX (0x01500016)";

    /// <summary>Parses the sinks of a command. Standard output is last: a secret is printed only after all other sinks have it.</summary>
    /// <exception cref="CommandFailedException">A sink is invalid or is named twice.</exception>
    public static IReadOnlyList<Sink> Parse(IEnumerable<string> references, SinkSetting setting)
    {
        var sinks = references.Select(reference => Parse(reference, setting)).ToList();
        return sinks.CountBy(sink => sink.Name).FirstOrDefault(target => target.Value > 1) is { Key: { } duplicate }
            ? throw CommandFailedException.Usage($"--to names the same sink twice ({duplicate}).")
            : [.. sinks.OrderBy(sink => sink is StandardOutputSink)];
    }

    /// <exception cref="CommandFailedException">The text is not a sink.</exception>
    public static Sink Parse(string reference, SinkSetting setting)
    {
        var (kind, target) = reference.Split(':', 2) is [var before, var after] ? (before, after) : (reference, null);
        return (kind, target) switch
        {
            ("stdout", null) => new StandardOutputSink(setting),
            ("env-local", null) => new EnvLocalSink(setting),
            ("file", { Length: > 0 }) => new FileSink(reference, target, setting),
            ("github", { Length: > 0 }) => new GitHubSink(reference, target, setting),
            ("vercel", { Length: > 0 }) => new VercelSink(reference, target, setting),
            ("tpm", { Length: > 0 }) => new TpmSink(reference, target, setting),
            ("aws", { Length: > 0 }) => new AwsSink(reference, target, setting),
            _ => throw CommandFailedException.Usage($"--to {reference} is not a sink. Use {SupportedForms}."),
        };
    }
}
