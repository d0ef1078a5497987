using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Tpm.Tests.Doubles;

namespace NodeData.Sdk.Tpm.Tests;

/// <summary>Tests for a TPM behind a character device. AotTests tests missing permissions, because its program can run as another user.</summary>
public sealed class DeviceTests : IDisposable
{
    private const string Index = "0x01500016";

    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-tpm-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [SyncAndAsync]
    public async Task A_key_is_read_through_a_device(CallStyle callStyle)
    {
        await using var tpm = await Swtpm.StartAsync();
        await tpm.DefineIndexAsync(Index, "ownerwrite|authread|writedefine|no_da", @lock: true);
        await using var device = new TerminalDevice(tpm.Port);
        using var resolver = CreateResolver(device.Path);

        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(callStyle, Index));
        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(callStyle, Index));
        Assert.Contains("Response code: 0x18B", await resolver.GetErrorAsync("0x01500017", callStyle), StringComparison.Ordinal);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_device_that_never_responds_blocks_no_caller_beyond_the_timeout(CallStyle callStyle)
    {
        var clock = new FakeTimeProvider();
        await using var device = new TerminalDevice(port: 0);
        using var resolver = CreateResolver(device.Path, clock);

        for (var attempt = 0; attempt < 3; attempt++)
        {
            var reading = resolver.ResolveAsync(callStyle, Index);
            // Advance the clock until the read has started its timeout.
            while (!reading.IsCompleted)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            var error = await Assert.ThrowsAsync<NodeDataConfigurationException>(() => reading);
            Assert.Contains($"{device.Path} did not respond within 10 s", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_missing_and_another_device_have_different_messages_and_no_file_is_written()
    {
        var missing = Path.Combine(_directory, "tpmrm0");
        using (var resolver = CreateResolver(missing))
        {
            var error = await resolver.GetErrorAsync(Index);
            Assert.StartsWith($"the device {missing} does not exist", error, StringComparison.Ordinal);
            Assert.Contains("NODE_DATA_TPM", error, StringComparison.Ordinal);
        }

        var file = Path.Combine(_directory, "file");
        await File.WriteAllTextAsync(file, "precious", Token);
        using (var resolver = CreateResolver(file))
        {
            Assert.Contains("is not a TPM but a file or another device", await resolver.GetErrorAsync(Index), StringComparison.Ordinal);
            Assert.Equal("precious", await File.ReadAllTextAsync(file, Token));
        }

        using (var resolver = CreateResolver("/dev/null"))
        {
            Assert.Contains(
                "/dev/null is not a TPM but a file or another device",
                await resolver.GetErrorAsync(Index),
                StringComparison.Ordinal
            );
        }
    }

    private static TpmSecretResolver CreateResolver(string path, TimeProvider? clock = null)
    {
        var options = new TpmSecretOptions { Address = $"device:{path}" };
        options.TimeProvider = clock ?? options.TimeProvider;
        options.Timeout = clock is null ? Swtpm.MaxWait : options.Timeout;
        return new TpmSecretResolver(options);
    }
}
