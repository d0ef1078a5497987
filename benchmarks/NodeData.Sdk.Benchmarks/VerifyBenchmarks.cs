using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Benchmarks;

/// <summary>
/// Compares the verification of a delivery with one-shot HMAC, the minimum that a hand-written receiver needs. Goals, as ratios: 0.80 at 512 bytes, 0.95 at 4
/// KiB, 1.02 at 64 KiB, 1.05 at 1 MiB, and 0 bytes allocated.
/// </summary>
[MemoryDiagnoser]
public class VerifyBenchmarks : IDisposable
{
    private const string Secret = "whsec_test_0123456789abcdef0123456789abcdef";

    private readonly byte[] _key = Encoding.UTF8.GetBytes(Secret);
    private readonly byte[] _mac = new byte[32];
    private readonly WebhookVerifier _verifier = new(Secret, new WebhookVerifierOptions { Tolerance = TimeSpan.FromDays(1) });
    private byte[] _body = [];
    private string _header = "";

    [Params(512, 4 * 1024, 64 * 1024, 1024 * 1024)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Sign()
    {
        _body = new byte[Bytes];
        new Random(1).NextBytes(_body);
        using var signer = new WebhookSigner(Secret);
        _header = signer.Sign(_body, TimeProvider.System.GetUtcNow());
    }

    [Benchmark(Baseline = true)]
    public int OneShotHmac() => HMACSHA256.HashData(_key, _body, _mac);

    [Benchmark]
    public bool Verify() => _verifier.Verify(_body, _header).IsValid;

    [GlobalCleanup]
    public void Dispose()
    {
        _verifier.Dispose();
        GC.SuppressFinalize(this);
    }
}
