#if NET10_0_OR_GREATER
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.CommandLine;

public sealed class KilledTests
{
    private const string Key = "nd_test_localdevelopment0001";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_acknowledged_creation_survives_a_kill()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs signals.");
        using var directory = new TemporaryDirectory();
        string[] arguments = ["--data", directory.File("data.db"), "--key", Key, "--rate-limits", "off"];
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        var created = new ConcurrentBag<string>();
        await using (var emulator = await EmulatorProcess.StartReadyAsync(directory.Path, arguments))
        {
            var enough = new TaskCompletionSource();
            var creators = Enumerable.Range(0, 4).Select(_ => CreateUntilItFails(client, emulator.Address, created, enough)).ToArray();
            await Task.WhenAny(enough.Task, Task.WhenAll(creators));
            Assert.All(creators, creator => Assert.False(creator.IsCompleted));

            var (exitCode, _, _) = await emulator.SignalAsync("-KILL");

            Assert.NotEqual(0, exitCode);
            await Task.WhenAll(creators);
        }

        Assert.True(created.Count >= 40);
        await using var restarted = await EmulatorProcess.StartReadyAsync(directory.Path, arguments);
        foreach (var secret in created)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(restarted.Address, "/v1/me"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
            using var response = await client.SendAsync(request, Token);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    private static async Task CreateUntilItFails(HttpClient client, Uri address, ConcurrentBag<string> created, TaskCompletionSource enough)
    {
        try
        {
            while (true)
            {
                using var body = new StringContent("""{"name":"in flight","mode":"test"}""", Encoding.UTF8, "application/json");
                using var response = await client.PostAsync(new Uri(address, "/v1/keys"), body, Token);
                created.Add((await ApiResponse.ReadAsync(response)).Member("secret")!);
                if (created.Count >= 40)
                {
                    enough.TrySetResult();
                }
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException)
        {
            // The emulator was killed; .NET throws a bare SocketException if that happens as soon as a connection is open.
        }
    }
}
#endif
