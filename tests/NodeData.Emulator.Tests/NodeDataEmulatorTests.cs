using System.Net.Http.Headers;

namespace NodeData.Emulator.Tests;

public sealed class NodeDataEmulatorTests
{
    [Fact]
    public async Task Two_emulators_side_by_side_know_nothing_of_each_other()
    {
        await using var one = await NodeDataEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var other = await NodeDataEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.OK, await AskAsync(one, one.TestKey.Reveal()));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, await AskAsync(other, one.TestKey.Reveal()));
        Assert.Single(one.Requests);
        Assert.Single(other.Requests);
    }

    private static async Task<System.Net.HttpStatusCode> AskAsync(NodeDataEmulator emulator, string key)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await http.GetAsync(new Uri($"{emulator.BaseAddress}/me"), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
