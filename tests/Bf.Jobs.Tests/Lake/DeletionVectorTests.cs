using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.Store;

namespace Bf.Jobs.Tests.Lake;

public sealed class DeletionVectorTests
{
    private static readonly DeletionVector Example = new() { StorageType = "i", PathOrInline = "^Bg9^0rr910000000000iXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L", SizeInBytes = 44, Cardinality = 6 };

    [Fact]
    public void A_vector_in_the_log_itself_has_its_rows() => Assert.Equal([3, 4, 7, 11, 18, 29], Rows(Example));

    [Fact]
    public void A_vector_of_the_form_before_the_protocols_is_refused_by_its_number() =>
        Assert.Contains("its format is -791463580, not 1681511377", Error(Example with { PathOrInline = "wi5b=000010000siXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L", SizeInBytes = 40 }));

    [Fact]
    public void The_name_of_a_file_is_its_UUID_behind_its_prefix()
    {
        var vector = new DeletionVector { StorageType = "u", PathOrInline = "ab^-aqEH.-t@S}K{vb[*k^", Offset = 4, SizeInBytes = 40, Cardinality = 6 };

        Assert.Contains($"t{Path.DirectorySeparatorChar}ab{Path.DirectorySeparatorChar}deletion_vector_d2c639aa-8816-431a-aaf6-d3fe2512ff61.bin".Replace(Path.DirectorySeparatorChar, '/'), Error(vector).Replace('\\', '/'));
    }

    [Fact]
    public void Vectors_of_one_file_are_told_apart_by_kind_place_and_offset()
    {
        Assert.Equal("ux@4", new DeletionVector { StorageType = "u", PathOrInline = "x", Offset = 4 }.UniqueId);
        Assert.Equal("ix", new DeletionVector { StorageType = "i", PathOrInline = "x" }.UniqueId);
    }

    [Theory]
    [InlineData("HelloWorld", "864FD26FB559F75B")] // the example of ZeroMQ RFC 32
    [InlineData("", "")]
    public void Z85_is_read(string text, string hex) => Assert.Equal(Convert.FromHexString(hex), Z85.Decode(text));

    [Theory]
    [InlineData("abcd")]
    [InlineData("ab cd")]
    [InlineData("#####")]
    public void What_is_no_Z85_is_an_error(string text) => Assert.Throws<FormatException>(() => Z85.Decode(text));

    [Fact]
    public void The_checksum_is_that_of_zlib() => Assert.Equal(0xCBF43926, Crc32.Of("123456789"u8));

    [Fact]
    public void Every_cut_of_a_vector_is_an_error()
    {
        for (var size = 0; size < Example.SizeInBytes; size++)
        {
            Assert.Contains("can't be read", Error(Example with { SizeInBytes = size }));
        }
    }

    [Fact]
    public void A_bit_that_flipped_is_an_error_or_leaves_as_many_rows_in_order()
    {
        var bytes = Z85.Decode(Example.PathOrInline);
        var errors = 0;
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var damaged = bytes.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                var rows = RoaringBitmapArray.Read(damaged, 6);
                Assert.Equal(rows.Distinct().Order(), rows);
            }
            catch (InvalidDataException)
            {
                errors++;
            }
        }

        Assert.True(errors > 150, $"{errors} errors");
    }

    [Theory]
    [InlineData(5, "has more than 5 rows")]
    [InlineData(7, "it has 6 rows, and the log says 7")]
    public void A_number_of_rows_that_is_not_the_logs_is_an_error(long cardinality, string words) => Assert.Contains(words, Error(Example with { Cardinality = cardinality }));

    [Theory]
    [InlineData("x", "it is stored as 'x'")]
    [InlineData("u", "is no character of Z85")]
    public void A_kind_that_is_not_known_is_an_error(string type, string words) => Assert.Contains(words, Error(Example with { StorageType = type, PathOrInline = Example.PathOrInline[..19] + " " }));

    [Fact]
    public void A_run_that_stands_for_billions_of_rows_is_an_error_before_it_is_read()
    {
        // 65,535 runs of 65,536 rows each in one container that says it has 5
        var bytes = new List<byte>([0xD1, 0xD3, 0x39, 0x64, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x3B, 0x30, 0, 0, 1, 0, 0, 4, 0, 0xFF, 0xFF]);
        bytes.AddRange(Enumerable.Repeat(new byte[] { 0, 0, 0xFF, 0xFF }, 65_535).SelectMany(b => b));

        Assert.Throws<InvalidDataException>(() => RoaringBitmapArray.Read([.. bytes], 5));
    }

    [Theory]
    [InlineData("checksum", 8, "its checksum in")]
    [InlineData("format", 0, "is of another format than 1")]
    [InlineData("length", 4, "has no vector of 34 bytes at 1")]
    public void A_damaged_file_is_an_error_that_names_it(string what, int at, string words)
    {
        using var folder = new TempFolder();
        var table = SparkFolder.Copy("signs %20 [é]", folder);
        var file = Assert.Single(Directory.EnumerateFiles(table, "deletion_vector_*.bin"));
        var bytes = File.ReadAllBytes(file);
        bytes[at] ^= 2;
        File.WriteAllBytes(file, bytes);

        var message = Assert.Throws<DeltaException>(() => ForeignTable.Open(table, new FakeClock())).Message;
        Assert.Contains(words, message);
        Assert.Contains(Path.GetFileName(file), message);
        Assert.NotEmpty(what);
    }

    [Fact]
    public void A_missing_file_is_an_error_that_names_it()
    {
        using var folder = new TempFolder();
        var table = SparkFolder.Copy("signs %20 [é]", folder);
        var file = Assert.Single(Directory.EnumerateFiles(table, "deletion_vector_*.bin"));
        File.Delete(file);

        Assert.Contains(Path.GetFileName(file), Assert.Throws<DeltaException>(() => ForeignTable.Open(table, new FakeClock())).Message);
    }

    private static long[] Rows(DeletionVector vector) => vector.Rows(new LocalStore("/no/such/lake"), "t");

    private static string Error(DeletionVector vector) => Assert.Throws<DeltaException>(() => Rows(vector)).Message;
}
