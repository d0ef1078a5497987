using NodeData.Emulator.Answers;
using NodeData.Emulator.Serving;

namespace NodeData.Emulator.Control;

/// <summary>How far the clock is to move: <c>{"advance_seconds": 3600}</c>.</summary>
internal static class ClockRequest
{
    private const double MostSeconds = 3_155_760_000;

    public static TimeSpan Read(ReadOnlyMemory<byte> bytes)
    {
        using var body = JsonBody.Parse(bytes);
        return body.OptionalNumber("advance_seconds") is { } seconds and >= 0 and <= MostSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw Refusal.Invalid("advance_seconds", "advance_seconds is a number of seconds: zero or more, 100 years at most.");
    }
}
