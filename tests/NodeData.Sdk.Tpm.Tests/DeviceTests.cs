using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Tpm.Tests.Doubles;

namespace NodeData.Sdk.Tpm.Tests;

/// <summary>A TPM behind a character device. That of no permission is in AotTests, where a program runs as another user.</summary>
public sealed class DeviceTests : IDisposable
{
    private const string Index = "0x01500016";

    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-tpm-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [ThroughBothDoors]
    public async Task A_key_is_read_through_a_device(Door door)
    {
        await using var tpm = await Swtpm.StartAsync();
        await tpm.DefineAsync(Index, "ownerwrite|authread|writedefine|no_da", @lock: true);
        await using var device = new TerminalDevice(tpm.Port);
        using var resolver = ResolverOf(device.Path);

        Assert.Equal(Swtpm.Key, await resolver.Read(door, Index));
        Assert.Equal(Swtpm.Key, await resolver.Read(door, Index));
        Assert.Contains("The TPM said 0x18B", await resolver.Refusal("0x01500017", door), StringComparison.Ordinal);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_device_that_never_answers_holds_up_nobody_beyond_the_time_limit(Door door)
    {
        var clock = new FakeTimeProvider();
        await using var device = new TerminalDevice(port: 0);
        using var resolver = ResolverOf(device.Path, clock);

        for (var attempt = 0; attempt < 3; attempt++)
        {
            var reading = resolver.Read(door, Index);
            // The clock moves on until the read has begun to look at it.
            while (!reading.IsCompleted)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            var error = await Assert.ThrowsAsync<NodeDataConfigurationException>(() => reading);
            Assert.Contains($"{device.Path} did not answer within 10 s", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task No_device_and_another_one_are_told_apart_and_no_file_is_written_to()
    {
        var missing = Path.Combine(_directory, "tpmrm0");
        using (var resolver = ResolverOf(missing))
        {
            var refusal = await resolver.Refusal(Index);
            Assert.StartsWith($"there is no device {missing}", refusal, StringComparison.Ordinal);
            Assert.Contains("NODE_DATA_TPM", refusal, StringComparison.Ordinal);
        }

        var file = Path.Combine(_directory, "file");
        await File.WriteAllTextAsync(file, "precious", Token);
        using (var resolver = ResolverOf(file))
        {
            Assert.Contains("is a file or another device, and no TPM", await resolver.Refusal(Index), StringComparison.Ordinal);
            Assert.Equal("precious", await File.ReadAllTextAsync(file, Token));
        }

        using (var resolver = ResolverOf("/dev/null"))
        {
            Assert.Contains("/dev/null is a file or another device, and no TPM", await resolver.Refusal(Index), StringComparison.Ordinal);
        }
    }

    private static TpmSecretResolver ResolverOf(string path, TimeProvider? clock = null)
    {
        var options = new TpmSecretOptions { Address = $"device:{path}" };
        options.TimeProvider = clock ?? options.TimeProvider;
        options.Timeout = clock is null ? Swtpm.LongestWait : options.Timeout;
        return new TpmSecretResolver(options);
    }
}
