using System.Buffers;
using static NodeData.Sdk.Tests.Webhooks.Signing.Delivery;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

public sealed class VerifierLifetimeTests
{
    [Fact]
    public void A_disposed_verifier_says_so_whatever_the_header()
    {
        var verifier = Verifier(Secret);
        verifier.Verify(Body, Header());
        verifier.Dispose();
        verifier.Dispose();

        Assert.Throws<ObjectDisposedException>(() => verifier.Verify(Body, Header()));
        Assert.Throws<ObjectDisposedException>(() => verifier.Verify(Body, "garbage"));
    }

    [Fact]
    public void A_body_that_breaks_off_halfway_leaves_nothing_behind_for_the_next_one()
    {
        using var verifier = Verifier(Secret);
        var broken = Pieces.Of(Body.AsMemory(0, 5), new BrokenMemory().Memory);

        for (var i = 0; i < 3; i++)
        {
            Assert.Throws<IOException>(() => verifier.Verify(broken, Header()));
            Assert.True(verifier.Verify(Body, Header()).IsValid);
        }
    }

    [Fact]
    public void Many_threads_may_use_one_verifier()
    {
        using var verifier = Verifier(OtherSecret, Secret);
        var bodies = Enumerable.Range(0, 64).Select(i => new byte[i * 97]).ToArray();
        var headers = bodies.Select(body => Header(body: body)).ToArray();
        var wrong = 0;

        Parallel.For(
            0,
            20_000,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            i =>
            {
                var right = verifier.Verify(bodies[i % 64], headers[i % 64]);
                var other = verifier.Verify(bodies[i % 64], headers[(i + 1) % 64]);
                if (!right.IsValid || right.MatchedSecret.Reveal() != Secret || other.IsValid)
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        );

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void A_verifier_may_be_disposed_of_while_it_is_at_work()
    {
        for (var round = 0; round < 50; round++)
        {
            var verifier = Verifier(Secret);
            using var started = new CountdownEvent(3);
            var work = Enumerable.Range(0, 3).Select(_ => OnItsOwnThread(() => VerifyUntilDisposed(started))).ToArray();
            started.Wait(TestContext.Current.CancellationToken);
            verifier.Dispose();

            Assert.All(work, task => Assert.True(task.GetAwaiter().GetResult()));

            bool VerifyUntilDisposed(CountdownEvent begun)
            {
                var allValid = verifier.Verify(Body, Header()).IsValid;
                begun.Signal();
                try
                {
                    while (true)
                    {
                        allValid &= verifier.Verify(Body, Header()).IsValid;
                    }
                }
                catch (ObjectDisposedException)
                {
                    return allValid;
                }
            }
        }
    }

    private static Task<bool> OnItsOwnThread(Func<bool> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private sealed class BrokenMemory : MemoryManager<byte>
    {
        public override Memory<byte> Memory => CreateMemory(10);

        public override Span<byte> GetSpan() => throw new IOException("The connection broke off.");

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin() => throw new NotSupportedException();

        protected override void Dispose(bool disposing) { }
    }
}
