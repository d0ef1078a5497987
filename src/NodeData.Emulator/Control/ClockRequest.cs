using NodeData.Emulator.Answers;
using NodeData.Emulator.Serving;

namespace NodeData.Emulator.Control;

/// <summary>How far the clock is to move: <c>{"advance_seconds": 3600}</c>.</summary>
internal sealed record ClockRequest(TimeSpan By)
{
    private const string Member = "advance_seconds";
    private const double MostSeconds = 3_155_760_000;

    public static ClockRequest Read(ReadOnlyMemory<byte> bytes)
    {
        using var body = JsonBody.Parse(bytes);
        return body.OptionalNumber(Member) is { } seconds and >= 0 and <= MostSeconds
            ? new ClockRequest(TimeSpan.FromSeconds(seconds))
            : throw OutOfRange();
    }

    public void Move(EmulatorClock clock)
    {
        try
        {
            clock.Advance(By);
        }
        catch (ArgumentOutOfRangeException)
        {
            // Within the range by itself, and not together with the advances before it.
            throw OutOfRange();
        }
    }

    private static Refusal OutOfRange() =>
        Refusal.Invalid(Member, $"{Member} is a number of seconds: zero or more, and 100 years at most of all advances together.");
}
