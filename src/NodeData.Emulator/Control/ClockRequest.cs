using NodeData.Emulator.Responses;
using NodeData.Emulator.Serving;

namespace NodeData.Emulator.Control;

/// <summary>A request to advance the clock: <c>{"advance_seconds": 3600}</c>.</summary>
internal sealed record ClockRequest(TimeSpan Delta)
{
    private const string Member = "advance_seconds";
    private const double MaxSeconds = 3_155_760_000;

    public static ClockRequest Read(ReadOnlyMemory<byte> bytes)
    {
        using var body = JsonBody.Parse(bytes);
        return body.GetOptionalNumber(Member) is { } seconds and >= 0 and <= MaxSeconds
            ? new ClockRequest(TimeSpan.FromSeconds(seconds))
            : throw CreateOutOfRangeError();
    }

    public void Apply(EmulatorClock clock)
    {
        try
        {
            clock.Advance(Delta);
        }
        catch (ArgumentOutOfRangeException)
        {
            // The value is in range, but the sum of all advances is not.
            throw CreateOutOfRangeError();
        }
    }

    private static ApiErrorException CreateOutOfRangeError() =>
        ApiErrorException.Invalid(
            Member,
            $"{Member} must be a number of seconds: zero or more, at most 100 years for all advances together."
        );
}
