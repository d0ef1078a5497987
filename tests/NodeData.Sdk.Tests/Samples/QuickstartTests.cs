#if NET10_0_OR_GREATER
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Samples;

public sealed class QuickstartTests
{
    [Fact]
    public async Task The_quickstart_runs_as_expected_and_prints_no_secret()
    {
        var output = await Command.RunSuccessfullyAsync(Command.RepositoryRoot, "dotnet run --no-build --project samples/Quickstart");

        Assert.Contains("== A restricted key for 90 days", output, StringComparison.Ordinal);
        Assert.Contains("scopes: models:read models:upload", output, StringComparison.Ordinal);
        Assert.Contains("NodeDataPermissionException: POST /keys returned 403 scope_required", output, StringComparison.Ordinal);
        Assert.Contains("NodeDataAuthenticationException: GET /me returned 401 invalid_key", output, StringComparison.Ordinal);
        Assert.EndsWith("Done.\n", output, StringComparison.Ordinal);
        Assert.DoesNotMatch("nd_(test|live)_[A-Za-z0-9]", output);
    }
}
#endif
