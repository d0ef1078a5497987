using System.Text;
using static NodeData.Sdk.Tests.Webhooks.Signing.Delivery;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

/// <summary>What a call costs: always the same comparisons, and no memory.</summary>
public sealed class VerifierWorkTests
{
    [Fact]
    public void The_number_of_comparisons_does_not_depend_on_the_outcome()
    {
        using var verifier = Verifier(Secret, OtherSecret, LiveSecret);
        string[] secrets = [Secret, OtherSecret, LiveSecret];
        var wrong = new string('0', 64);

        for (var place = 0; place < 4; place++)
        {
            var outcomes = secrets
                .Append(null)
                .Select(secret => verifier.Verify(Body, WithTagAt(place, secret is null ? wrong : Tag(secret))));

            Assert.All(outcomes, outcome => Assert.Equal(4 * secrets.Length, outcome.Comparisons));
        }

        string WithTagAt(int place, string tag) =>
            $"t={UnixSeconds}" + string.Concat(Enumerable.Range(0, 4).Select(i => $",v1={(i == place ? tag : wrong)}"));
    }

    [Fact]
    public void A_call_allocates_nothing()
    {
        using var verifier = Verifier(Secret, OtherSecret);
        var small = Body;
        var large = new byte[100_000];
        var pieces = Pieces.Cut(large, 4096);
        var text = Encoding.UTF8.GetString(large);
        string[] headers =
        [
            Header(),
            Header(body: large),
            Header(OtherSecret),
            Header(unixSeconds: 1),
            "garbage",
            "",
            Header().PadRight(5000),
        ];

        // Twice to warm up: compiled, and every lane that the calls need made.
        Assert.Equal(VerifyAll(), VerifyAll());
        // The least of several rounds: the runtime takes pooled memory back where memory is short.
        var least = long.MaxValue;
        for (var round = 0; round < 20 && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var valid = VerifyAll();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(5, valid);
        }

        Assert.Equal(0, least);

        int VerifyAll()
        {
            var valid = 0;
            foreach (var header in headers)
            {
                valid += verifier.Verify(small, header).IsValid ? 1 : 0;
                valid += verifier.Verify(large, header).IsValid ? 1 : 0;
                valid += verifier.Verify(pieces, header).IsValid ? 1 : 0;
                valid += verifier.Verify(text, header).IsValid ? 1 : 0;
            }

            return valid;
        }
    }
}
