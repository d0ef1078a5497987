#if NET10_0_OR_GREATER
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Samples;

public sealed class RotateInCITests
{
    [Fact]
    public async Task Sixteen_workers_call_through_a_rotation_without_one_failed_call()
    {
        var output = await Command.RunSuccessfullyAsync(Command.RepositoryRoot, "dotnet run --no-build --project samples/RotateInCI");

        Assert.Contains("6. revoke   key_", output, StringComparison.Ordinal);
        Assert.Contains("Not yet: both keys are valid until", output, StringComparison.Ordinal);
        Assert.Matches("rot_[0-9a-f]{14} completed: key_", output);
        Assert.Contains("16 workers, 0 failed calls, more than 64 calls in total.", output, StringComparison.Ordinal);
        Assert.DoesNotMatch("nd_(test|live)_[A-Za-z0-9]", output);
    }
}
#endif
