using Bf.Jobs.Streaming.Kafka;

namespace Bf.Jobs.Tests.Streaming;

public sealed class MemberSlotTests
{
    [Fact]
    public void A_member_takes_the_lowest_place_that_is_free()
    {
        using var folder = new TempFolder();
        var first = MemberSlot.Take("breadth/1", folder.Path);
        using var second = MemberSlot.Take("breadth/1", folder.Path);
        using var other = MemberSlot.Take("breadth/2", folder.Path);

        Assert.NotEqual(first.Name, second.Name);
        Assert.Equal(first.Name, other.Name);
        Assert.Matches("^[A-Za-z0-9._-]+$", first.Name);

        first.Dispose();
        using var again = MemberSlot.Take("breadth/1", folder.Path);
        Assert.Equal(first.Name, again.Name);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "file");
        File.WriteAllText(file, "");

        Assert.Contains("TMPDIR", Assert.Throws<JobException>(() => MemberSlot.Take("breadth", file)).Message);
    }
}
