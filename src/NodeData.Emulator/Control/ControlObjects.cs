using System.Text.Json.Serialization;
using NodeData.Emulator.Answers;

namespace NodeData.Emulator.Control;

internal sealed record DoneObject(bool Done);

internal sealed record ClockObject(string Now, double OffsetSeconds);

internal sealed record LedgerObject(IReadOnlyList<LedgerEntry> Items);

/// <summary>A request of the ledger, as the control surface shows it.</summary>
internal sealed record LedgerEntry(
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
    public static LedgerEntry From(RecordedRequest request) =>
        new(
            request.Method,
            request.Path,
            request.KeyHint,
            request.Status,
            request.RequestId,
            request.IdempotencyKey,
            request.UserAgent,
            Moment.ToWire(request.ReceivedAt.ToUnixTimeMilliseconds())
        );
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DoneObject))]
[JsonSerializable(typeof(ClockObject))]
[JsonSerializable(typeof(LedgerObject))]
internal sealed partial class ControlJson : JsonSerializerContext;
