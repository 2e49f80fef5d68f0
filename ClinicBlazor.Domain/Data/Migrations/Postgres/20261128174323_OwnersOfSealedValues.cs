using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class OwnersOfSealedValues : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Form",
                table: "Signatures",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<byte[]>(
                name: "Names",
                table: "Signatures",
                type: "bytea",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "KeyRotations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    FinishedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KeyRotations", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Signings",
                table: "AuditEntries",
                column: "RecordId",
                filter: "\"Act\" = 'RecordSigned'");

            migrationBuilder.LetKeysChange();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.KeepKeys();

            migrationBuilder.DropTable(
                name: "KeyRotations");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Signings",
                table: "AuditEntries");

            // As plain statements: a table that is made anew loses its triggers.
            migrationBuilder.Sql("ALTER TABLE \"Signatures\" DROP COLUMN \"Form\"");
            migrationBuilder.Sql("ALTER TABLE \"Signatures\" DROP COLUMN \"Names\"");
        }
    }
}
