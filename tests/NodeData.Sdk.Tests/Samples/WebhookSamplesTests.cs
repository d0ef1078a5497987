#if NET10_0_OR_GREATER
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Samples;

public sealed class WebhookSamplesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_receiver_prints_what_it_handled_and_stores_the_payout()
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        using var sample = Start($"run --no-build --project samples/WebhookReceiver --urls {address}");
        try
        {
            var output = await ReadUntilAsync(sample, "Delivered. The application listens at ");

            Assert.Matches(@"handled listing\.purchased ev_\w+: grip-v0 for 4900 cents, attempt 1\n", output);
            Assert.Matches(@"handled payout\.paid ev_\w+: payout recorded, attempt 1\n", output);
            Assert.DoesNotMatch("whsec_(test|live)_[A-Za-z0-9]", output);
            using var http = new HttpClient();
            Assert.Equal("1 payouts recorded", await http.GetStringAsync(new Uri(address), Token));
        }
        finally
        {
            sample.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task The_worker_handles_each_event_once_and_the_failed_one_again()
    {
        using var sample = Start("run --no-build --project samples/WebhookWorker");
        try
        {
            var output = await ReadUntilAsync(sample, "200 Handled listing.purchased ev_2");

            Assert.Single(output.Split('\n'), line => line == "handled listing.purchased ev_1, attempt 1");
            Assert.Contains("200 Duplicate listing.purchased ev_1", output, StringComparison.Ordinal);
            Assert.Contains("500 Failed listing.purchased ev_2", output, StringComparison.Ordinal);
            Assert.Contains("401 Rejected\n", output, StringComparison.Ordinal);
            Assert.Contains("handled listing.purchased ev_2, attempt 2", output, StringComparison.Ordinal);
        }
        finally
        {
            sample.Kill(entireProcessTree: true);
        }
    }

    // Below the ephemeral port range, so that the system does not assign the port to another program before the sample binds it.
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // The port is in use.
            }
        }
    }

    private static Process Start(string arguments) =>
        Process.Start(
            new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Command.RepositoryRoot, RedirectStandardOutput = true }
        )!;

    private static async Task<string> ReadUntilAsync(Process sample, string prefix)
    {
        var output = new StringBuilder();
        while (await sample.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            output.Append(line).Append('\n');
            if (line.StartsWith(prefix, StringComparison.Ordinal))
            {
                return output.ToString();
            }
        }

        throw new InvalidOperationException($"The sample exited:\n{output}");
    }
}
#endif
