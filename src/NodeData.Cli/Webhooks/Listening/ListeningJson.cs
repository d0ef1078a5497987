using System.Text.Json;
using System.Text.Json.Serialization;
using NodeData.Cli.Output;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>The first line of <c>webhooks listen --json</c>, and again where the endpoint had to be made anew.</summary>
internal sealed record ListeningLine(
    DateTimeOffset Time,
    string EndpointId,
    string ForwardTo,
    IReadOnlyList<string> Events,
    string? Secret,
    IReadOnlyList<string> SecretSinks,
    string Kind = "listening"
);

/// <summary>An event that was forwarded, and the application's answer.</summary>
internal sealed record EventLine(
    DateTimeOffset Time,
    string? Type,
    string? EventId,
    int? Status,
    long Milliseconds,
    string? Error,
    bool? SignatureValid,
    bool Resent,
    string Kind = "event"
);

/// <summary>A delivery of the service, as far as its list tells.</summary>
internal sealed record SeenDeliveryLine(
    DateTimeOffset Time,
    string EndpointId,
    string Id,
    string? Type,
    string? EventId,
    string? Status,
    int? Attempts,
    int? LastStatus,
    string? LastError,
    string Kind = "delivery"
);

/// <summary>Something about the listening itself: <c>connection_lost</c>, <c>connection_back</c>, <c>stopped</c>.</summary>
internal sealed record NoticeLine(DateTimeOffset Time, string Kind, string? Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ListeningLine))]
[JsonSerializable(typeof(EventLine))]
[JsonSerializable(typeof(SeenDeliveryLine))]
[JsonSerializable(typeof(NoticeLine))]
internal sealed partial class ListeningJson : JsonSerializerContext
{
    /// <summary>One line for each object.</summary>
    public static ListeningJson Lines { get; } = new(new JsonSerializerOptions(JsonOutput.CreateOptions()) { WriteIndented = false });
}
