using System.CommandLine;
using System.CommandLine.Completions;
using NodeData.Cli.Failures;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks;

/// <summary>Parses event types from the command line. The service decides about a type that this version does not know.</summary>
internal static class EventTypes
{
    /// <summary>Creates the option that names an event type; it can be repeated.</summary>
    public static Option<string[]> CreateOption(string description) =>
        new("--event")
        {
            Description = description,
            HelpName = "TYPE",
            AllowMultipleArgumentsPerToken = false,
            CompletionSources = { _ => Completions },
        };

    /// <summary>The known types, for shell completion.</summary>
    public static IEnumerable<CompletionItem> Completions => WebhookEventType.Known.Select(type => new CompletionItem(type.Value));

    /// <exception cref="CommandFailedException">The text cannot be an event type.</exception>
    public static WebhookEventType Parse(string text) =>
        text.Length is > 0 and <= 100 && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new WebhookEventType(text)
            : throw CommandFailedException.Usage(
                "--event must be an event type such as payout.paid. Run `node-data webhooks event-types` for the list."
            );

    public static IReadOnlyList<WebhookEventType> Parse(string[]? texts) => [.. (texts ?? []).Select(Parse).Distinct()];

    /// <summary>Formats types on one line.</summary>
    /// <returns><c>all</c> for an empty list; empty if they are unknown.</returns>
    public static string Format(IReadOnlyList<WebhookEventType>? types) =>
        types is null ? ""
        : types.Count == 0 ? "all"
        : string.Join(' ', types.Select(type => type.Value));
}
