using System.Diagnostics;
using System.Globalization;

namespace NodeData.Sdk.RotationProgram;

/// <summary>The points of a rotation at which its program may be killed, in order; at each of them every deployed key must be accepted.</summary>
internal sealed class KillPoints(DeployedKeys deployedKeys)
{
    private readonly int _killAt = int.TryParse(
        Environment.GetEnvironmentVariable("KILL_AT"),
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out var point
    )
        ? point
        : 0;

    private int _passed;

    public async Task ReachAsync(string name)
    {
        _passed++;
        Console.WriteLine($"point {_passed} {name}");
        if (await deployedKeys.FindOutageAsync() is { } outage)
        {
            Console.WriteLine($"OUTAGE {name}: {outage}");
            Environment.Exit(3);
        }

        if (_passed == _killAt)
        {
            await Console.Out.FlushAsync();
            // SIGKILL: no code of this program runs after it.
            Process.GetCurrentProcess().Kill();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        }
    }
}
