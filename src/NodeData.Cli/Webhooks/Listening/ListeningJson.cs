using System.Text.Json;
using System.Text.Json.Serialization;
using NodeData.Cli.Output;

namespace NodeData.Cli.Webhooks.Listening;

/// <summary>The first line of <c>webhooks listen --json</c>, repeated whenever the endpoint is created again.</summary>
internal sealed record ListeningLine(
    DateTimeOffset Time,
    string EndpointId,
    string ForwardTo,
    IReadOnlyList<string> Events,
    string? Secret,
    IReadOnlyList<string> SecretSinks,
    string Kind = "listening"
);

/// <summary>A forwarded event and the application's response.</summary>
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

/// <summary>A delivery from the service's list.</summary>
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

/// <summary>A notice about the listener: <c>connection_lost</c>, <c>connection_restored</c> or <c>stopped</c>.</summary>
internal sealed record NoticeLine(DateTimeOffset Time, string Kind, string? Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ListeningLine))]
[JsonSerializable(typeof(EventLine))]
[JsonSerializable(typeof(SeenDeliveryLine))]
[JsonSerializable(typeof(NoticeLine))]
internal sealed partial class ListeningJson : JsonSerializerContext
{
    /// <summary>Writes each object on one line.</summary>
    public static ListeningJson Lines { get; } = new(new JsonSerializerOptions(JsonOutput.CreateOptions()) { WriteIndented = false });
}
