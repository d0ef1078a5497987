using System.Buffers;
using static NodeData.Sdk.Tests.Webhooks.Signing.SignatureTestData;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

public sealed class VerifierLifetimeTests
{
    [Fact]
    public void A_disposed_verifier_throws_for_every_header()
    {
        var verifier = CreateVerifier(Secret);
        verifier.Verify(Body, CreateHeader());
        verifier.Dispose();
        verifier.Dispose();

        Assert.Throws<ObjectDisposedException>(() => verifier.Verify(Body, CreateHeader()));
        Assert.Throws<ObjectDisposedException>(() => verifier.Verify(Body, "garbage"));
    }

    [Fact]
    public void A_body_that_throws_while_it_is_read_does_not_affect_the_next_call()
    {
        using var verifier = CreateVerifier(Secret);
        var throwingBody = BodySegment.Create(Body.AsMemory(0, 5), new ThrowingMemory().Memory);

        for (var i = 0; i < 3; i++)
        {
            Assert.Throws<IOException>(() => verifier.Verify(throwingBody, CreateHeader()));
            Assert.True(verifier.Verify(Body, CreateHeader()).IsValid);
        }
    }

    [Fact]
    public void A_verifier_can_be_used_concurrently()
    {
        using var verifier = CreateVerifier(OtherSecret, Secret);
        var bodies = Enumerable.Range(0, 64).Select(i => new byte[i * 97]).ToArray();
        var headers = bodies.Select(body => CreateHeader(body: body)).ToArray();
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
    public void A_verifier_can_be_disposed_while_in_use()
    {
        for (var round = 0; round < 50; round++)
        {
            var verifier = CreateVerifier(Secret);
            using var started = new CountdownEvent(3);
            var work = Enumerable.Range(0, 3).Select(_ => RunOnDedicatedThread(() => VerifyUntilDisposed(started))).ToArray();
            started.Wait(TestContext.Current.CancellationToken);
            verifier.Dispose();

            Assert.All(work, task => Assert.True(task.GetAwaiter().GetResult()));

            bool VerifyUntilDisposed(CountdownEvent countdown)
            {
                var allValid = verifier.Verify(Body, CreateHeader()).IsValid;
                countdown.Signal();
                try
                {
                    while (true)
                    {
                        allValid &= verifier.Verify(Body, CreateHeader()).IsValid;
                    }
                }
                catch (ObjectDisposedException)
                {
                    return allValid;
                }
            }
        }
    }

    private static Task<bool> RunOnDedicatedThread(Func<bool> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private sealed class ThrowingMemory : MemoryManager<byte>
    {
        public override Memory<byte> Memory => CreateMemory(10);

        public override Span<byte> GetSpan() => throw new IOException("The connection was reset.");

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin() => throw new NotSupportedException();

        protected override void Dispose(bool disposing) { }
    }
}
