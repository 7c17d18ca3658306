namespace Bf.Jobs.Tests;

public sealed class StackTests
{
    [Fact]
    public async Task The_object_store_answers_where_its_setting_says()
    {
        var stack = Stack.Shared("minio");
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri($"http://{stack.Settings["MINIO_ENDPOINT"]}/minio/health/ready"));

        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact]
    public void A_stack_of_a_tests_own_goes_with_its_test()
    {
        string run;
        using (var stack = Stack.Own("minio"))
        {
            run = stack.Run;
            Assert.NotEqual(Stack.Shared().Offset, stack.Offset);
            stack.Kill("minio");
            stack.Up("minio");
        }

        Assert.False(Directory.Exists(run));
    }
}
