#if NET10_0_OR_GREATER
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Samples;

public sealed class QuickstartTests
{
    [Fact]
    public async Task The_quickstart_tells_its_story_without_a_surprise_or_a_secret()
    {
        var told = await Command.SucceedAsync(Command.Repository, "dotnet run --no-build --project samples/Quickstart");

        Assert.Contains("== A restricted key for 90 days", told, StringComparison.Ordinal);
        Assert.Contains("may do: models:read models:upload", told, StringComparison.Ordinal);
        Assert.Contains("NodeDataPermissionException: POST /keys was answered 403 scope_required", told, StringComparison.Ordinal);
        Assert.Contains("NodeDataAuthenticationException: GET /me was answered 401 invalid_key", told, StringComparison.Ordinal);
        Assert.EndsWith("Done.\n", told, StringComparison.Ordinal);
        Assert.DoesNotMatch("nd_(test|live)_[A-Za-z0-9]", told);
    }
}
#endif
