using System.Text.Json.Serialization;
using NodeData.Emulator.Responses;

namespace NodeData.Emulator.Control;

internal sealed record DoneObject(bool Done);

internal sealed record ClockObject(string Now, double OffsetSeconds);

internal sealed record RecordedRequestList(IReadOnlyList<RecordedRequestObject> Items);

/// <summary>A recorded request in the shape of the control API.</summary>
internal sealed record RecordedRequestObject(
    string Method,
    string Path,
    string? KeyHint,
    int? Status,
    string RequestId,
    string? IdempotencyKey,
    string? UserAgent,
    string ReceivedAt
)
{
    public static RecordedRequestObject From(RecordedRequest request) =>
        new(
            request.Method,
            request.Path,
            request.KeyHint,
            request.Status,
            request.RequestId,
            request.IdempotencyKey,
            request.UserAgent,
            WireTime.Format(request.ReceivedAt.ToUnixTimeMilliseconds())
        );
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DoneObject))]
[JsonSerializable(typeof(ClockObject))]
[JsonSerializable(typeof(RecordedRequestList))]
internal sealed partial class ControlJson : JsonSerializerContext;
