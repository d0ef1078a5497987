using System.Text;
using static NodeData.Sdk.Tests.Webhooks.Signing.SignatureTestData;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

/// <summary>Tests of the cost of a call: a constant number of comparisons, and no allocation.</summary>
public sealed class VerifierCostTests
{
    [Fact]
    public void The_number_of_comparisons_does_not_depend_on_the_outcome()
    {
        using var verifier = CreateVerifier(Secret, OtherSecret, LiveSecret);
        string[] secrets = [Secret, OtherSecret, LiveSecret];
        var invalid = new string('0', 64);

        for (var position = 0; position < 4; position++)
        {
            var outcomes = secrets
                .Append(null)
                .Select(secret =>
                    verifier.Verify(Body, CreateHeaderWithSignatureAt(position, secret is null ? invalid : ComputeSignature(secret)))
                );

            Assert.All(outcomes, outcome => Assert.Equal(4 * secrets.Length, outcome.Comparisons));
        }

        string CreateHeaderWithSignatureAt(int position, string signature) =>
            $"t={UnixSeconds}" + string.Concat(Enumerable.Range(0, 4).Select(i => $",v1={(i == position ? signature : invalid)}"));
    }

    [Fact]
    public void Verify_does_not_allocate()
    {
        using var verifier = CreateVerifier(Secret, OtherSecret);
        var small = Body;
        var large = new byte[100_000];
        var segments = BodySegment.Split(large, 4096);
        var text = Encoding.UTF8.GetString(large);
        string[] headers =
        [
            CreateHeader(),
            CreateHeader(body: large),
            CreateHeader(OtherSecret),
            CreateHeader(unixSeconds: 1),
            "garbage",
            "",
            CreateHeader().PadRight(5000),
        ];

        // Two calls to warm up, so that the code is compiled and every pooled HmacWorker is created.
        Assert.Equal(VerifyAll(), VerifyAll());
        // The minimum of several rounds, because the runtime releases pooled memory under memory pressure.
        var minimum = long.MaxValue;
        for (var round = 0; round < 20 && minimum > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var valid = VerifyAll();
            minimum = Math.Min(minimum, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(5, valid);
        }

        Assert.Equal(0, minimum);

        int VerifyAll()
        {
            var valid = 0;
            foreach (var header in headers)
            {
                valid += verifier.Verify(small, header).IsValid ? 1 : 0;
                valid += verifier.Verify(large, header).IsValid ? 1 : 0;
                valid += verifier.Verify(segments, header).IsValid ? 1 : 0;
                valid += verifier.Verify(text, header).IsValid ? 1 : 0;
            }

            return valid;
        }
    }
}
