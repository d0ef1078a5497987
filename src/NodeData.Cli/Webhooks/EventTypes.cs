using System.CommandLine;
using System.CommandLine.Completions;
using NodeData.Cli.Failures;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks;

/// <summary>Event types from the command line; one that this version does not know is the service's to judge.</summary>
internal static class EventTypes
{
    /// <summary>The option that names types, one at each time.</summary>
    public static Option<string[]> CreateOption(string description) =>
        new("--event")
        {
            Description = description,
            HelpName = "TYPE",
            AllowMultipleArgumentsPerToken = false,
            CompletionSources = { _ => Completions },
        };

    /// <summary>What a shell may offer.</summary>
    public static IEnumerable<CompletionItem> Completions => WebhookEventType.Known.Select(type => new CompletionItem(type.Value));

    /// <exception cref="CommandFailedException">The text can be no type.</exception>
    public static WebhookEventType Parse(string text) =>
        text.Length is > 0 and <= 100 && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new WebhookEventType(text)
            : throw CommandFailedException.Usage(
                "--event is an event type such as payout.paid; `node-data webhooks event-types` lists them."
            );

    public static IReadOnlyList<WebhookEventType> Parse(string[]? texts) => [.. (texts ?? []).Select(Parse).Distinct()];

    /// <summary>Types in one line.</summary>
    /// <returns><c>all</c> for an empty list; empty where they are not known.</returns>
    public static string Format(IReadOnlyList<WebhookEventType>? types) =>
        types is null ? ""
        : types.Count == 0 ? "all"
        : string.Join(' ', types.Select(type => type.Value));
}
