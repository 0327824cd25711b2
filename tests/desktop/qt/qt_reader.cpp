// qt_reader FILE [OUTPUT]: reads an image by Qt, prints its size as the header has it, and writes it again. Exits with
// 1 if it cannot be read.
#include <QCoreApplication>
#include <QImage>
#include <QImageReader>
#include <QSize>
#include <cstdio>

int main(int count, char** words) {
  const QCoreApplication application(count, words);
  QImageReader reader(QString::fromLocal8Bit(words[1]));
  reader.setDecideFormatFromContent(true);
  const QByteArray format = reader.format();
  const QSize size = reader.size();
  const QImage image = reader.read();
  if (image.isNull()) {
    std::printf("%s\n", reader.errorString().toLocal8Bit().constData());
    return 1;
  }
  std::printf("%s %dx%d\n", format.constData(), size.width(), size.height());
  return count < 3 || image.save(QString::fromLocal8Bit(words[2])) ? 0 : 1;
}
